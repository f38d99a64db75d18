package io.tidemark.transforms;

import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.Expression;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.Row;
import io.tidemark.expressions.SchemaCache;
import io.tidemark.expressions.Typed;
import io.tidemark.expressions.syntax.SelectItem;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.ConnectValues;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The columns of a result, compiled for one schema.
 *
 * @param schema of the result; null for maps
 */
record Projection(Schema schema, List<Column> columns) {

  /**
   * A column of a result.
   *
   * @param field of the input that is copied; null for an expression and for all entries of a map
   * @param expression null for what is copied
   */
  record Column(String name, Schema schema, Field field, Expression expression, Type type) {

    boolean isStar() {
      return field == null && expression == null;
    }
  }

  /** The columns for records of a schema, or for maps if there is none. */
  static Projection of(String text, List<SelectItem> items, SchemaCache.Pair schemas) {
    RecordScope scope = new RecordScope(schemas.root(), schemas.key());
    List<Column> columns = new ArrayList<>();
    for (SelectItem item : items) {
      if (!item.isStar()) {
        columns.add(column(text, item, scope));
      } else if (schemas.root() == null) {
        columns.add(new Column(null, null, null, null, null));
      } else {
        schemas.root().fields().forEach(field -> columns.add(copy(field)));
      }
    }
    return new Projection(schema(schemas.root(), columns), columns);
  }

  /** The columns of a schema with some of them replaced, and others after them. */
  static Projection adding(String text, List<SelectItem> items, SchemaCache.Pair schemas) {
    RecordScope scope = new RecordScope(schemas.root(), schemas.key());
    Map<String, Column> columns = new LinkedHashMap<>();
    if (schemas.root() == null) {
      columns.put(null, new Column(null, null, null, null, null));
    } else {
      schemas.root().fields().forEach(field -> columns.put(field.name(), copy(field)));
    }
    items.forEach(item -> columns.put(item.name(), column(text, item, scope)));
    List<Column> all = List.copyOf(columns.values());
    return new Projection(schema(schemas.root(), all), all);
  }

  private static Column copy(Field field) {
    return new Column(field.name(), field.schema(), field, null, null);
  }

  private static Column column(String text, SelectItem item, RecordScope scope) {
    Typed typed = Compiler.compile(text, item.node(), scope);
    if (scope.root() == null) {
      return new Column(item.name(), null, null, typed.expression(), Type.DYNAMIC);
    }
    if (typed.schema() != null) {
      return new Column(
          item.name(), ConnectTypes.optional(typed.schema()), null, typed.raw(), Type.NULL);
    }
    try {
      Schema schema = ConnectTypes.schema(typed.type());
      return new Column(item.name(), schema, null, typed.expression(), typed.type());
    } catch (TypeMismatch e) {
      throw new SyntaxException(text, item.node().position(), item.name() + ": " + e.getMessage());
    }
  }

  private static Schema schema(Schema root, List<Column> columns) {
    if (root == null) {
      return null;
    }
    SchemaBuilder builder = SchemaBuilder.struct().name(root.name()).version(root.version());
    builder.doc(root.doc());
    if (root.parameters() != null) {
      builder.parameters(root.parameters());
    }
    if (root.isOptional()) {
      builder.optional();
    }
    for (Column column : columns) {
      if (builder.field(column.name()) != null) {
        throw new DuplicateColumn(column.name());
      }
      builder.field(column.name(), column.schema());
    }
    return builder.build();
  }

  /** The result for a record. */
  Object apply(Row row, Object root) {
    if (schema == null) {
      return map(row, (Map<?, ?>) root);
    }
    Struct input = (Struct) root;
    Struct result = new Struct(schema);
    List<Field> fields = schema.fields();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      result.put(
          fields.get(i),
          column.field() == null ? value(column, row) : input.getWithoutDefault(column.name()));
    }
    return result;
  }

  private Map<Object, Object> map(Row row, Map<?, ?> root) {
    Map<Object, Object> result = new LinkedHashMap<>();
    for (Column column : columns) {
      if (column.isStar()) {
        result.putAll(root);
      } else {
        result.put(column.name(), value(column, row));
      }
    }
    return result;
  }

  private static Object value(Column column, Row row) {
    return ConnectValues.write(column.expression().evaluate(row), column.type());
  }

  /** Two columns have one name. */
  static final class DuplicateColumn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateColumn(String name) {
      super(name, null, false, false);
    }
  }
}
