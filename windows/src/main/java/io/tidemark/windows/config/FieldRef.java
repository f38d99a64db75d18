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

  /**
   * Reads {@code a.b.c}.
   *
   * @throws IllegalArgumentException saying what must be otherwise
   */
  public static FieldRef parse(String text) {
    List<String> path = List.of(text.split("\\.", -1));
    if (path.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "must name fields with a dot between each two, which " + text + " does not");
    }
    return new FieldRef(path);
  }

  @Override
  public String toString() {
    return String.join(".", path);
  }
}
