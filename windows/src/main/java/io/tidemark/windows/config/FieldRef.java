package io.tidemark.windows.config;

import java.util.List;

/**
 * A field of the record's value, nested ones by their path.
 *
 * @param path names from the outermost field on, at least one
 */
public record FieldRef(List<String> path) {

  public FieldRef {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a path without names");
    }
  }

  /** Reads {@code a.b.c}. */
  public static FieldRef parse(String text) {
    return new FieldRef(List.of(text.split("\\.", -1)));
  }

  @Override
  public String toString() {
    return String.join(".", path);
  }
}
