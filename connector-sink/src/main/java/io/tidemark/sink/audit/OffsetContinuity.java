package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.PastResets;
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
 * Checks at each commit whether the ranges of the batch continue those that the table itself names
 * last. The check does not use plans, from which a driver derives the next plan. As long as this
 * driver finishes every batch, it remembers the ends. Otherwise it reads them from the connector's
 * newest version in the table.
 */
public final class OffsetContinuity {

  private static final Logger LOG = LoggerFactory.getLogger(OffsetContinuity.class);

  /** What to do about ranges that do not join. */
  public enum Mode {
    OFF,
    LOG,
    FAIL
  }

  /** Where the last version of a table ended, in its batch and in earlier batches. */
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
  private final RangeJoin.Plans plans;
  private final LongAdder findings;
  private final Map<String, Ends> known = new HashMap<>();

  /** The last batch that this driver finished. */
  private long finished = -2;

  /**
   * @param plans the plans of committed batches, to explain what does not join
   * @param findings counts joints at which offsets are missing or doubled
   */
  public OffsetContinuity(Mode mode, String queryId, RangeJoin.Plans plans, LongAdder findings) {
    this.mode = mode;
    this.queryId = queryId;
    this.plans = plans;
    this.findings = findings;
  }

  /** An audit that checks nothing. */
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
   * @param resets that its plan names of batches before it
   * @throws io.tidemark.common.TidemarkException with {@link Mode#FAIL}, when it must not be
   */
  public void before(
      TransactionalTable table,
      long batch,
      SortedMap<TopicPartition, OffsetRange> ranges,
      PastResets resets)
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
        // Committed before, which the append reports.
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
            new RangeJoin(
                range.getKey(),
                ends.batches.get(range.getKey()),
                end,
                batch,
                range.getValue().from()),
            resets);
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

  private void judge(String table, RangeJoin joint, PastResets resets) throws IOException {
    Verdict verdict = joint.judge(plans, resets);
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
