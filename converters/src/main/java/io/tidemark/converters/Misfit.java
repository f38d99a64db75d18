package io.tidemark.converters;

/**
 * A value that does not fit its schema: what is wrong, and in which field. It never has the value.
 * It is thrown where the value is, and each field around it adds its name.
 */
final class Misfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;

  Misfit(String problem) {
    this("", problem);
  }

  private Misfit(String path, String problem) {
    super(problem, null, false, false);
    this.path = path;
  }

  /** The same, seen from outside of a field. */
  Misfit inside(String field) {
    return new Misfit(path.isEmpty() ? field : field + "." + path, getMessage());
  }

  String problem() {
    return getMessage();
  }

  /** The names of the fields from the outermost one, as in {@code field order.total}. */
  String path() {
    return path.isEmpty() ? "it" : "field " + path;
  }
}
