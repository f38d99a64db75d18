package io.tidemark.command.inspect;

import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OperatorState;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A batch according to its plan, the logs and the tables.
 *
 * @param decidedMs when it was planned, epoch milliseconds
 * @param committedMs when the last table got it, or else the time of its commit log entry; empty
 *     when it is not done
 * @param ranges the offsets of the batch, of the partitions that it advanced; empty when unknown
 * @param frontier end offsets after it
 * @param rows rows in the versions that it made; -1 when unknown
 * @param versions location of a table to the version that it made there
 * @param accepted number of segments
 * @param rejected number of segments that overlapped the frontier
 * @param operators state after it
 * @param reset why it set offsets instead of reaching them; empty when it did not
 */
public record BatchView(
    long number,
    long decidedMs,
    OptionalLong committedMs,
    SortedMap<TopicPartition, OffsetRange> ranges,
    Frontier frontier,
    long rows,
    SortedMap<String, Long> versions,
    int accepted,
    int rejected,
    SortedMap<String, OperatorState> operators,
    String reset) {

  /** Offsets that it passed. */
  public long offsets() {
    return ranges.values().stream().mapToLong(range -> range.to() - range.from()).sum();
  }

  /** How long it took from the plan to the last table. */
  public OptionalLong durationMs() {
    return committedMs.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, committedMs.getAsLong() - decidedMs));
  }

  /** From the end of the previous batch to the commit: the maximum age of its oldest record. */
  public OptionalLong lagMs(BatchView before) {
    return committedMs.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, committedMs.getAsLong() - before.decidedMs()));
  }

  /** The lowest watermark of its operators, epoch milliseconds. */
  public OptionalLong watermarkMs() {
    return operators.values().stream().flatMapToLong(state -> state.watermarkMs().stream()).min();
  }

  /** Bytes of the state of all operators. */
  public long stateBytes() {
    return operators.values().stream().mapToLong(OperatorState::bytes).sum();
  }
}
