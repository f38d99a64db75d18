package io.tidemark.transforms;

import io.tidemark.expressions.SchemaCache;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.SelectItem;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * Adds columns in Spark's SQL to the fields, or replaces some of them, of the value; {@link Key}
 * does the same for the key.
 */
public class WithColumn<R extends ConnectRecord<R>> extends Projector<R> {

  public WithColumn() {
    this(RecordPart.VALUE);
  }

  private WithColumn(RecordPart part) {
    super(part);
  }

  @Override
  public ConfigDef config() {
    return ExpressionKey.assignments();
  }

  @Override
  List<SelectItem> parse(String columns) {
    return ExpressionParser.parseAssignments(columns);
  }

  @Override
  Projection project(String columns, List<SelectItem> parsed, SchemaCache.Pair schemas) {
    return Projection.adding(columns, parsed, schemas);
  }

  /** The same for the key. */
  public static final class Key<R extends ConnectRecord<R>> extends WithColumn<R> {
    public Key() {
      super(RecordPart.KEY);
    }
  }
}
