package io.tidemark.transforms;

import io.tidemark.connector.Version;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * Applies another transformation only to records for which a condition in Spark's SQL is true. It
 * is a class of its own because Connect lists each class under one kind of plugin.
 */
public class WherePredicate<R extends ConnectRecord<R>> implements Predicate<R>, Versioned {

  private final RecordPart part;
  private Conditions conditions;

  public WherePredicate() {
    this(RecordPart.VALUE);
  }

  private WherePredicate(RecordPart part) {
    this.part = part;
  }

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return ExpressionKey.condition();
  }

  @Override
  public void configure(Map<String, ?> props) {
    conditions = new Conditions(part, props);
  }

  @Override
  public boolean test(R record) {
    return conditions.test(record);
  }

  @Override
  public void close() {}

  /** The same with the fields of the key. */
  public static final class Key<R extends ConnectRecord<R>> extends WherePredicate<R> {
    public Key() {
      super(RecordPart.KEY);
    }
  }
}
