package io.tidemark.source.read;

import io.tidemark.delta.read.ChangeType;
import io.tidemark.delta.read.TableState;
import io.tidemark.source.offset.Position;
import org.apache.kafka.connect.data.Struct;

/** The next event of a reader. */
public sealed interface Step {

  /**
   * A row.
   *
   * @param shard that it belongs to
   * @param next where the shard continues after it
   * @param in the snapshot or version that it is part of
   */
  record Row(int shard, Position next, Part in, ChangeType type, Struct value) implements Step {}

  /**
   * A file or change has been read.
   *
   * @param bytes size of the file
   */
  record FileEnd(long bytes) implements Step {}

  /** Something was skipped, because it was read before or is lost. */
  record Passed() implements Step {}

  /**
   * The reader has read its part of a version or of the snapshot.
   *
   * @param version its number
   */
  record PartEnd(long version) implements Step {}

  /** There is nothing more for now. */
  record UpToDate() implements Step {}

  /**
   * A snapshot or version that rows are part of.
   *
   * @param state the table state for reading its rows; for rows that a version removes, the
   *     previous state
   * @param version its number
   * @param timestampMs when it was committed; -1 when the log no longer has that
   */
  record Part(TableState state, long version, long timestampMs) {}
}
