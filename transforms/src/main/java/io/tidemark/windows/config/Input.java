package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.Node;
import io.tidemark.expressions.syntax.NodePrinter;
import io.tidemark.expressions.syntax.SyntaxException;
import java.util.List;
import java.util.Set;

/**
 * What is read of a record: a field of its value, or what an expression makes of it. As text, both
 * have a canonical form that belongs to the definition of the state, and no two have the same.
 */
public sealed interface Input {

  /** A field. */
  record Field(FieldRef ref) implements Input {
    @Override
    public String toString() {
      return ref.toString();
    }
  }

  /**
   * An expression.
   *
   * @param text as it was written
   * @param node the same as a tree
   */
  record Computed(String text, Node node) implements Input {

    /** Functions whose results differ when a record is read again. */
    private static final Set<String> CLOCKS = Set.of("current_timestamp", "now", "current_date");

    /**
     * An expression that has been read.
     *
     * @throws SyntaxException when it cannot be computed, or gives something else when a record is
     *     read again
     */
    public Computed {
      requireRepeatable(text, node);
      var unused = Compiler.compile(text, node, RecordScope.WITHOUT_SCHEMA);
    }

    private static void requireRepeatable(String text, Node node) {
      if (node instanceof Node.Call call && CLOCKS.contains(call.name())) {
        throw new SyntaxException(
            text,
            node.position(),
            call.name() + " gives something else when the record is read again; use a field");
      }
      parts(node).forEach(part -> requireRepeatable(text, part));
    }

    @Override
    public String toString() {
      String printed = NodePrinter.print(node);
      // A field of the same name has another rule for dots.
      return node instanceof Node.Column ? "(" + printed + ")" : printed;
    }
  }

  /**
   * Reads a field or an expression. A field is everything that can be one: the text is an
   * expression if it has blanks, operators or parentheses, or if it is a number.
   *
   * @throws SyntaxException when it is an expression that is wrong
   * @throws IllegalArgumentException when it is a field that is wrong; the message says what to
   *     change
   */
  static Input parse(String text) {
    return Items.isField(text)
        ? new Field(FieldRef.parse(text))
        : new Computed(text, ExpressionParser.parse(text));
  }

  /** The nodes right below a node. */
  static List<Node> parts(Node node) {
    if (node instanceof Node.Call call) {
      return call.arguments();
    }
    if (node instanceof Node.Member member) {
      return List.of(member.of());
    }
    return node instanceof Node.Conversion conversion ? List.of(conversion.of()) : List.of();
  }
}
