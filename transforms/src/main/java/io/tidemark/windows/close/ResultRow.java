package io.tidemark.windows.close;

import io.tidemark.common.TidemarkException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/**
 * The row of a group in a closed window.
 *
 * @param startMicros start of the window, epoch microseconds, inclusive
 * @param endMicros its end, exclusive
 * @param keyHash identifies the group where its values must not be shown
 * @param value the row; a result that does not fit its type is null
 * @param failure why the row cannot be written; empty when no reason is known before its table is
 *     checked
 */
public record ResultRow(
    long startMicros,
    long endMicros,
    int keyHash,
    Struct value,
    Optional<TidemarkException> failure) {

  /** The same row, which cannot be written. */
  ResultRow failing(TidemarkException reason) {
    return new ResultRow(startMicros, endMicros, keyHash, value, Optional.of(reason));
  }

  /** Start of the window, for people. */
  public String start() {
    return text(startMicros);
  }

  /** End of the window, for people. */
  public String end() {
    return text(endMicros);
  }

  /** The group, for people. */
  public String group() {
    return Integer.toHexString(keyHash);
  }

  private static String text(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L)
        .toString();
  }
}
