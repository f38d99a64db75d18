package io.tidemark.transforms;

import io.tidemark.expressions.SchemaCache;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.SelectItem;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * Replaces the fields by columns in Spark's SQL: fields and expressions of the value; {@link Key}
 * does the same for the key.
 */
public class Select<R extends ConnectRecord<R>> extends Projector<R> {

  public Select() {
    this(RecordPart.VALUE);
  }

  private Select(RecordPart part) {
    super(part);
  }

  @Override
  public ConfigDef config() {
    return ExpressionKey.select();
  }

  @Override
  List<SelectItem> parse(String columns) {
    return ExpressionParser.parseSelect(columns);
  }

  @Override
  Projection project(String columns, List<SelectItem> parsed, SchemaCache.Pair schemas) {
    return Projection.of(columns, parsed, schemas);
  }

  /** The same for the key. */
  public static final class Key<R extends ConnectRecord<R>> extends Select<R> {
    public Key() {
      super(RecordPart.KEY);
    }
  }
}
