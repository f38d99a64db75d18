package io.tidemark.connector;

import java.util.Optional;
import java.util.regex.Pattern;

/** Paths and URIs of tables and of the checkpoint location. */
public final class Location {

  private static final Pattern ABSOLUTE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?/.*");

  /** A user without a password before the at sign is allowed: Azure's URIs have it. */
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^/]*://[^/@]*:[^/]*@.*");

  /** The slash is the whole path, as in {@code s3a://bucket/}. */
  private static final Pattern ROOT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?/*");

  /** An absolute path or a URI that holds no credentials. */
  public static final Rule RULE =
      new Rule() {
        @Override
        public Optional<String> complaint(Object value) {
          String text = (String) value;
          if (text.isEmpty()) {
            return Optional.of("must not be empty");
          }
          if (holdsCredentials(text)) {
            return Optional.of("must not hold credentials; set them with hadoop.*");
          }
          if (text.contains("${")) {
            return Optional.of(
                "must not hold a placeholder; a table per topic needs table.base.path, and a "
                    + "variable needs a config provider of the worker");
          }
          return ABSOLUTE.matcher(text).matches()
              ? Optional.empty()
              : Optional.of(
                  "must be an absolute path or a URI, so that every worker means the same");
        }

        @Override
        public String values() {
          return "an absolute path or a URI";
        }

        @Override
        public Object shown(Object value) {
          return holdsCredentials((String) value) ? "[hidden]" : value;
        }
      };

  private Location() {}

  /** The location without slashes at its end, so that one place has one name. */
  public static String normalise(String location) {
    if (ROOT.matcher(location).matches()) {
      return location;
    }
    int end = location.length();
    while (end > 1 && location.charAt(end - 1) == '/') {
      end--;
    }
    return location.substring(0, end);
  }

  /**
   * The path of {@code inner} below {@code outer}, an empty text for the same place; empty when it
   * is elsewhere.
   */
  public static Optional<String> below(String inner, String outer) {
    String place = normalise(inner);
    String parent = normalise(outer);
    if (place.equals(parent)) {
      return Optional.of("");
    }
    String prefix = parent.endsWith("/") ? parent : parent + "/";
    return place.startsWith(prefix)
        ? Optional.of(place.substring(prefix.length()))
        : Optional.empty();
  }

  private static boolean holdsCredentials(String location) {
    return USER_AND_PASSWORD.matcher(location).matches();
  }
}
