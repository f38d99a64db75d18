package io.tidemark.delta.read;

import java.util.Locale;

/** What became of a row, in the words of Delta's change data feed. */
public enum ChangeType {
  INSERT,
  DELETE,
  UPDATE_PREIMAGE,
  UPDATE_POSTIMAGE;

  /** As in column {@code _change_type}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a row that there is no more; before an update, as its key may have changed. */
  public boolean isGone() {
    return this == DELETE || this == UPDATE_PREIMAGE;
  }

  /**
   * Reads what {@link #text} gives.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static ChangeType of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
