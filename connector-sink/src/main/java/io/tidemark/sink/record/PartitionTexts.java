package io.tidemark.sink.record;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.value.ValueException;
import java.nio.charset.StandardCharsets;

/** Limits of texts as partition values; a data file has none of them. */
public final class PartitionTexts {

  /** Longest name of a directory that file systems accept, bytes. */
  private static final int LONGEST_NAME = 255;

  private static final String ESCAPED = "\"#%'*/:=?\\{[]^";

  private PartitionTexts() {}

  /** Whether Spark writes this character as {@code %XX} into the name of a directory. */
  public static boolean isEscaped(int c) {
    return c < ' ' || c == 0x7f || ESCAPED.indexOf(c) >= 0;
  }

  /**
   * Makes sure that Delta keeps a text as it is, and that Spark can rewrite its row.
   *
   * @throws ValueException naming the column
   */
  static void require(Column column, String text) {
    if (text.isEmpty() && !column.nullable()) {
      throw new ValueException(
          column.name(),
          "Delta stores an empty partition value as null, but the column is NOT NULL");
    }
    if (!isWellFormed(text)) {
      throw new ValueException(
          column.name(), "a partition value cannot have half of a surrogate pair");
    }
    // Most texts are so short that they need no counting of bytes.
    if (3 * text.length() >= LONGEST_NAME - 1 - column.physicalName().length()
        && bytes(column.physicalName()) + 1 + bytes(text) > LONGEST_NAME) {
      throw new ValueException(
          column.name(),
          "the partition value is too long for the name of a directory, which Spark creates when it"
              + " rewrites the row");
    }
  }

  /** How long the text is in the name of a directory as Spark writes it. */
  private static int bytes(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes + 2 * (int) text.chars().filter(PartitionTexts::isEscaped).count();
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))
          && !Character.isSupplementaryCodePoint(text.codePointAt(i++))) {
        return false;
      }
    }
    return true;
  }
}
