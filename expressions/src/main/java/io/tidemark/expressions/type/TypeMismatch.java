package io.tidemark.expressions.type;

/** An operator or a function does not take the types of its arguments. */
public final class TypeMismatch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what a sentence without its period; it names types, never values
   */
  public TypeMismatch(String what) {
    super(what, null, false, false);
  }
}
