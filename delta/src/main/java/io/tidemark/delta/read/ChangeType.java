package io.tidemark.delta.read;

import java.util.Locale;

/** What happened to a row, with the names of Delta's change data feed. */
public enum ChangeType {
  INSERT,
  DELETE,
  UPDATE_PREIMAGE,
  UPDATE_POSTIMAGE;

  /** The text in column {@code _change_type}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the row is gone. Includes rows before an update, whose key may have changed. */
  public boolean isGone() {
    return this == DELETE || this == UPDATE_PREIMAGE;
  }

  /**
   * Parses {@link #text}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ChangeType of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
