package io.tidemark.source.read;

import io.tidemark.delta.read.ChangeType;
import io.tidemark.delta.read.TableState;
import io.tidemark.source.offset.Position;
import org.apache.kafka.connect.data.Struct;

/** What a reader comes to next. */
public sealed interface Step {

  /**
   * A row.
   *
   * @param shard that it belongs to
   * @param next where the shard continues behind it
   * @param in what it is part of
   */
  record Row(int shard, Position next, Part in, ChangeType type, Struct value) implements Step {}

  /**
   * A file or change has been read.
   *
   * @param bytes size of the file
   */
  record FileEnd(long bytes) implements Step {}

  /** Something was passed over, since it was read before or is lost. */
  record Passed() implements Step {}

  /**
   * A version, or the snapshot, has been read as far as it is this reader's.
   *
   * @param version its number
   */
  record PartEnd(long version) implements Step {}

  /** There is nothing more for now. */
  record UpToDate() implements Step {}

  /**
   * A snapshot or version that rows are part of.
   *
   * @param state how its rows are read; of rows that a version removes, the one before it
   * @param version its number
   * @param timestampMs when it was committed; -1 when the log does not tell any more
   */
  record Part(TableState state, long version, long timestampMs) {}
}
