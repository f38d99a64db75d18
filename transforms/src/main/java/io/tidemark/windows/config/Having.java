package io.tidemark.windows.config;

import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.Expression;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.Scope;
import io.tidemark.expressions.Typed;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.Node;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/** The condition of an aggregation over its result rows. */
public final class Having {

  private Having() {}

  /**
   * Checks a condition before there is a row.
   *
   * @return the condition
   * @throws SyntaxException when it is wrong, or names something that is no column of a row
   */
  static String check(String text, Aggregation aggregation) {
    Node node = ExpressionParser.parse(text);
    requireColumns(text, node, columns(aggregation));
    var repeatable = new Input.Computed(text, node);
    var unused = Compiler.condition(text, RecordScope.WITHOUT_SCHEMA);
    return repeatable.text();
  }

  /**
   * Compiles a condition.
   *
   * @param rows schema of the rows; a column without a type yet is left out there, and null
   * @throws SyntaxException when it does not fit the types of the columns
   */
  public static Expression compile(String text, Aggregation aggregation, Schema rows) {
    return Compiler.condition(text, new Columns(rows, columns(aggregation)));
  }

  private static List<String> columns(Aggregation aggregation) {
    List<String> columns = new ArrayList<>();
    columns.add(aggregation.windowColumn());
    aggregation.groupBy().forEach(field -> columns.add(field.column()));
    aggregation.aggregates().forEach(aggregate -> columns.add(aggregate.column()));
    return columns;
  }

  private static void requireColumns(String text, Node node, List<String> columns) {
    if (node instanceof Node.Column column && !columns.contains(column.path().get(0))) {
      throw new SyntaxException(
          text,
          column.position(),
          "There is no column "
              + column.path().get(0)
              + " in a result row; the columns are "
              + String.join(", ", columns));
    }
    Input.parts(node).forEach(part -> requireColumns(text, part, columns));
  }

  /** The columns of rows. */
  private record Columns(Schema rows, List<String> names) implements Scope {

    @Override
    public Typed field(String name) {
      return rows.field(name) == null
          ? new Typed(Type.NULL, row -> null, null, null, null)
          : new RecordScope(rows, null).field(name);
    }

    @Override
    public Typed key() {
      throw new UnsupportedOperationException("a result row has no key");
    }
  }
}
