package io.tidemark.transforms;

import io.tidemark.connector.Version;
import io.tidemark.windows.OperatorScope;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Keeps the records for which a condition in Spark's SQL is true, and drops the others. Names are
 * fields of the value; {@link Key} reads the key.
 */
public class Where<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

  private final RecordPart part;
  private Conditions conditions;

  public Where() {
    this(RecordPart.VALUE);
  }

  private Where(RecordPart part) {
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
  public R apply(R record) {
    if (conditions.test(record)) {
      return record;
    }
    OperatorScope scope = OperatorScope.current();
    if (scope != null) {
      scope.dropped();
    }
    return null;
  }

  @Override
  public void close() {}

  /** The same with the fields of the key. */
  public static final class Key<R extends ConnectRecord<R>> extends Where<R> {
    public Key() {
      super(RecordPart.KEY);
    }
  }
}
