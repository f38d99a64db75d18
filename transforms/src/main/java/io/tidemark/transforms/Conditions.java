package io.tidemark.transforms;

import io.tidemark.common.ForwardClock;
import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.Expression;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.Row;
import io.tidemark.expressions.SchemaCache;
import io.tidemark.expressions.Scope;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The condition of a filter or of a predicate, compiled for each schema. */
final class Conditions {

  private final RecordPart part;
  private final String text;
  private final SchemaCache<Expression> compiled = new SchemaCache<>();

  Conditions(RecordPart part, Map<String, ?> props) {
    this.part = part;
    this.text =
        new AbstractConfig(ExpressionKey.condition(), props, false)
            .getString(ExpressionKey.CONDITION);
  }

  /** Whether the condition is true for a record; neither false nor null is. */
  boolean test(ConnectRecord<?> record) {
    Object root = part.of(record);
    Schema schema = root instanceof Struct struct ? struct.schema() : null;
    if (schema == null && root != null && !(root instanceof Map)) {
      throw ExpressionErrors.noFields(record, ExpressionKey.CONDITION, part);
    }
    try {
      Expression condition =
          compiled.of(
              schema,
              record.keySchema(),
              pair -> compile(text, new RecordScope(pair.root(), pair.key())));
      Object result = condition.evaluate(new Row(record, root, ForwardClock.SYSTEM));
      return Boolean.TRUE.equals(result);
    } catch (Failure e) {
      throw ExpressionErrors.failed(record, ExpressionKey.CONDITION, e);
    } catch (SyntaxException e) {
      throw ExpressionErrors.unfit(record, ExpressionKey.CONDITION, e);
    }
  }

  static Expression compile(String text, Scope scope) {
    return Compiler.condition(text, scope);
  }
}
