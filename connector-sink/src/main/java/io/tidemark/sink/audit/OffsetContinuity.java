package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.PastMoves;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.TransactionalTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks at each commit whether the ranges of the batch continue those that the table itself names
 * last: what a driver plans is derived from plans, this is not. Ends are remembered while this
 * driver finishes every batch, and otherwise read back from the table's newest version of ours.
 */
public final class OffsetContinuity {

  private static final Logger LOG = LoggerFactory.getLogger(OffsetContinuity.class);

  /** What to do about ranges that do not join. */
  public enum Mode {
    OFF,
    LOG,
    FAIL
  }

  /** Where the last version of a table ended, in its batch and in batches before. */
  private static final class Ends {
    private final SortedMap<TopicPartition, Long> ends = new TreeMap<>(Offsets.ORDER);
    private final SortedMap<TopicPartition, Long> batches = new TreeMap<>(Offsets.ORDER);

    void advance(long batch, SortedMap<TopicPartition, OffsetRange> ranges) {
      ranges.forEach(
          (partition, range) -> {
            ends.put(partition, range.to());
            batches.put(partition, batch);
          });
    }
  }

  private final Mode mode;
  private final String queryId;
  private final Joint.Plans plans;
  private final LongAdder findings;
  private final Map<String, Ends> known = new HashMap<>();

  /** The last batch that this driver finished. */
  private long finished = -2;

  /**
   * @param plans the plans of committed batches, to explain what does not join
   * @param findings counts joints at which offsets are missing or doubled
   */
  public OffsetContinuity(Mode mode, String queryId, Joint.Plans plans, LongAdder findings) {
    this.mode = mode;
    this.queryId = queryId;
    this.plans = plans;
    this.findings = findings;
  }

  /** An audit that asks nothing. */
  public static OffsetContinuity off() {
    return new OffsetContinuity(Mode.OFF, "", batch -> Optional.empty(), new LongAdder());
  }

  /** A batch is going to be finished by this driver. */
  public void begin(long batch) {
    // What another driver committed meanwhile is only in the table.
    if (finished != batch && finished != batch - 1) {
      known.clear();
    }
    finished = batch;
  }

  /**
   * The batch is going to be appended to a table.
   *
   * @param ranges of the whole batch
   * @param moves that its plan names of batches before it
   * @throws io.tidemark.common.TidemarkException with {@link Mode#FAIL}, when it must not be
   */
  public void before(
      TransactionalTable table,
      long batch,
      SortedMap<TopicPartition, OffsetRange> ranges,
      PastMoves moves)
      throws IOException {
    if (mode == Mode.OFF) {
      return;
    }
    Ends ends = known.get(table.location());
    if (ends == null) {
      ends = new Ends();
      Optional<CommittedBatch> last =
          table.lastTransaction(queryId).isEmpty() ? Optional.empty() : table.lastBatch(queryId);
      if (last.isPresent() && last.get().batch() >= batch) {
        // Committed before; the append will say so.
        return;
      }
      if (last.isPresent()) {
        ends.advance(last.get().batch(), NamedRanges.parse(last.get().offsets()));
      }
      known.put(table.location(), ends);
    }
    for (Map.Entry<TopicPartition, OffsetRange> range : ranges.entrySet()) {
      Long end = ends.ends.get(range.getKey());
      // A batch that is finished once more, since its commit log entry failed, continues itself.
      if (end != null && ends.batches.get(range.getKey()) < batch) {
        judge(
            table.location(),
            new Joint(
                range.getKey(),
                ends.batches.get(range.getKey()),
                end,
                batch,
                range.getValue().from()),
            moves);
      }
    }
  }

  /** The batch is in the table. */
  public void after(
      TransactionalTable table, long batch, SortedMap<TopicPartition, OffsetRange> ranges) {
    Ends ends = known.get(table.location());
    if (ends != null) {
      ends.advance(batch, ranges);
    }
  }

  private void judge(String table, Joint joint, PastMoves moves) throws IOException {
    Verdict verdict = joint.judge(plans, moves);
    if (!verdict.kind().isFinding()) {
      return;
    }
    findings.increment();
    TidemarkException error = AuditErrors.offsetsDoNotJoin(table, joint, verdict.why());
    if (mode == Mode.FAIL) {
      throw error;
    }
    LOG.error("{}", error.getMessage());
  }
}
