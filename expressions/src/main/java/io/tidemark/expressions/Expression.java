package io.tidemark.expressions;

/**
 * A compiled expression. One thread at a time: it remembers the types and patterns of the latest
 * record.
 */
@FunctionalInterface
public interface Expression {

  /**
   * The value for a record, as values of the expression's type are held; null for NULL.
   *
   * @throws io.tidemark.expressions.type.Failure if there is none
   */
  Object evaluate(Row row);
}
