package io.tidemark.expressions;

import java.util.List;

/** The names that an expression can use. */
public interface Scope {

  /**
   * A field by its plain name, or null if there is none.
   *
   * @param name of a field of the root
   */
  Typed field(String name);

  /** The key of the record. */
  Typed key();

  /** The names of the fields, for messages; empty if they are not known. */
  List<String> names();
}
