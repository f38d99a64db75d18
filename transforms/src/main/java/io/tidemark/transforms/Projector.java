package io.tidemark.transforms;

import io.tidemark.common.ForwardClock;
import io.tidemark.connector.Version;
import io.tidemark.expressions.Row;
import io.tidemark.expressions.SchemaCache;
import io.tidemark.expressions.syntax.SelectItem;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;

/** A transformation that computes the columns of a part of a record. */
abstract class Projector<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

  private final RecordPart part;
  private final SchemaCache<Projection> projections = new SchemaCache<>();
  private String text = "";
  private List<SelectItem> items = List.of();

  Projector(RecordPart part) {
    this.part = part;
  }

  /** The items of the key's text. */
  abstract List<SelectItem> parse(String columns);

  /** The columns of the result for the records of a schema. */
  abstract Projection project(String columns, List<SelectItem> parsed, SchemaCache.Pair schemas);

  @Override
  public abstract ConfigDef config();

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void configure(Map<String, ?> props) {
    text = new AbstractConfig(config(), props, false).getString(ExpressionKey.COLUMNS);
    items = parse(text);
  }

  /** A part that is null stays so: there is nothing to compute from. */
  @Override
  public R apply(R record) {
    Object root = part.of(record);
    if (root == null) {
      return record;
    }
    Schema schema = root instanceof Struct struct ? struct.schema() : null;
    if (schema == null && !(root instanceof Map)) {
      throw ExpressionErrors.noFields(record, ExpressionKey.COLUMNS, part);
    }
    try {
      Projection projection =
          projections.of(schema, record.keySchema(), pair -> project(text, items, pair));
      Object result = projection.apply(new Row(record, root, ForwardClock.SYSTEM), root);
      return part.with(record, projection.schema(), result);
    } catch (Failure e) {
      throw ExpressionErrors.failed(record, ExpressionKey.COLUMNS, e);
    } catch (SyntaxException e) {
      throw ExpressionErrors.unfit(record, ExpressionKey.COLUMNS, e);
    } catch (Projection.DuplicateColumn e) {
      throw ExpressionErrors.twice(record, ExpressionKey.COLUMNS, e.getMessage());
    }
  }

  @Override
  public void close() {}
}
