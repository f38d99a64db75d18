package io.tidemark.expressions.type;

/**
 * A value that an expression cannot be computed from, as Spark's ANSI mode demands. It says what is
 * wrong and never the value.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  private final int position;

  /**
   * @param what as the end of a sentence about the expression
   */
  public Failure(String what) {
    this(what, UNKNOWN);
  }

  private Failure(String what, int position) {
    super(what, null, false, false);
    this.position = position;
  }

  /** The same with its place in the expression; the innermost one stays. */
  public Failure at(int place) {
    return position == UNKNOWN ? new Failure(getMessage(), place) : this;
  }

  /** Index of the operator in the text. */
  public int position() {
    return Math.max(position, 0);
  }
}
