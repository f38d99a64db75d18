package io.tidemark.converters;

/**
 * What a token is. An {@link #INTEGER} is a number without fraction and exponent, a {@link
 * #DECIMAL} any other. The order is that of the numbers on the tape.
 */
public enum Kind {
  OBJECT("an object"),
  ARRAY("an array"),
  STRING("a string"),
  INTEGER("a whole number"),
  DECIMAL("a number with a point or an exponent"),
  TRUE("a boolean"),
  FALSE("a boolean"),
  NULL("null");

  private final String described;

  Kind(String described) {
    this.described = described;
  }

  /** How messages name it. */
  String described() {
    return described;
  }
}
