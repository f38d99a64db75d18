package io.tidemark.expressions.syntax;

/**
 * A column of a result.
 *
 * @param node null for {@code *}
 * @param name null for {@code *}
 */
public record SelectItem(Node node, String name) {

  /** Whether it stands for all fields. */
  public boolean isStar() {
    return node == null;
  }
}
