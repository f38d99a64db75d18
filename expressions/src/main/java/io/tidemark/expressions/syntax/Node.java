package io.tidemark.expressions.syntax;

import io.tidemark.expressions.type.Type;
import java.util.List;

/** The tree of an expression. Every node knows where its text begins, for messages. */
public sealed interface Node {

  /** Index in the text of the whole expression. */
  int position();

  /**
   * A constant.
   *
   * @param value as values of the type are held; null for NULL
   */
  record Literal(Object value, Type type, int position) implements Node {}

  /**
   * A field of the record or one of its metadata, with nested names.
   *
   * @param path at least one name
   */
  record Column(List<String> path, int position) implements Node {
    public Column {
      path = List.copyOf(path);
    }
  }

  /** The field of a struct, or the value of a map, that another expression gives. */
  record Member(Node of, String name, int position) implements Node {}

  /**
   * An operator or a function.
   *
   * @param name in lower case: {@code +}, {@code and}, {@code upper}
   */
  record Call(String name, List<Node> arguments, int position) implements Node {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A conversion.
   *
   * @param lenient whether what cannot be converted gives null, as TRY_CAST does
   */
  record Conversion(Node of, Type type, boolean lenient, int position) implements Node {}
}
