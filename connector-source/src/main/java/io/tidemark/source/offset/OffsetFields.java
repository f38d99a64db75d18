package io.tidemark.source.offset;

import java.util.Map;

/** The typed entries of a source offset, as JSON gives them back. */
record OffsetFields(Map<String, ?> map) {

  long number(String key) throws MalformedOffsetException {
    if (map.get(key) == null) {
      throw new MalformedOffsetException(key + " is missing");
    }
    return number(key, 0);
  }

  long number(String key, long fallback) throws MalformedOffsetException {
    Object value = map.get(key);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Long || value instanceof Integer || value instanceof Short)) {
      throw new MalformedOffsetException(key + " must be a whole number");
    }
    long number = ((Number) value).longValue();
    if (number < 0 && !key.equals(SourceOffset.MODIFIED_MS)) {
      throw new MalformedOffsetException(key + " must not be negative");
    }
    return number;
  }

  String text(String key) throws MalformedOffsetException {
    Object value = map.get(key);
    if (value != null && !(value instanceof String)) {
      throw new MalformedOffsetException(key + " must be a text");
    }
    return value == null ? "" : (String) value;
  }

  boolean flag(String key) throws MalformedOffsetException {
    Object value = map.get(key);
    if (value != null && !(value instanceof Boolean)) {
      throw new MalformedOffsetException(key + " must be true or false");
    }
    return value != null && (boolean) value;
  }

  void none(String key, String why) throws MalformedOffsetException {
    if (map.get(key) != null) {
      throw new MalformedOffsetException(key + " " + why);
    }
  }
}
