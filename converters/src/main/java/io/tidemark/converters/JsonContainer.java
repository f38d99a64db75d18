package io.tidemark.converters;

/** A {@link JsonObject} or {@link JsonArray}, which its children tell of changes. */
sealed interface JsonContainer permits JsonObject, JsonArray {

  /**
   * Something in it changes: its bytes, and those of all around it, no longer say what it holds.
   */
  void changed();
}
