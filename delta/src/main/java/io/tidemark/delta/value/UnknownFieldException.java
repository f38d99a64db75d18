package io.tidemark.delta.value;

/** A field with a value and without a column; adding the column would help. */
public final class UnknownFieldException extends ValueException {

  private static final long serialVersionUID = 1L;

  /** The field without a column. */
  public UnknownFieldException(String path) {
    super(path, "the table has no such column");
  }
}
