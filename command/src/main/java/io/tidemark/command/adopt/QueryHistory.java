package io.tidemark.command.adopt;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.verify.TableTrail;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.sink.audit.NamedQuery;
import io.tidemark.sink.audit.NamedRanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * The history of a query according to its tables: its last batch, and where each partition ended.
 *
 * <p>Every version names the ranges of its whole batch, not only those of its table. The last range
 * of a partition therefore ends where the query ended, unless a later batch is missing from all
 * logs. Batches before {@link #doubtfulBefore} may be missing: if a table's log no longer goes back
 * to the query's first batch, the older batches; and if Spark committed batches, all up to the
 * newest of these, because they name no ranges. Batches that made no version of any table had no
 * rows.
 */
public final class QueryHistory {

  /**
   * Where a partition ended.
   *
   * @param offset exclusive
   * @param batch the batch that names it
   */
  public record End(long offset, long batch) {}

  private final List<TableTrail> trails;
  private final SortedMap<TopicPartition, End> ends = new TreeMap<>(Offsets.ORDER);
  private final SortedSet<String> topics = new TreeSet<>();
  private final SortedSet<String> operators = new TreeSet<>();
  private int tables;
  private long newest = -1;
  private long doubtfulBefore;

  /**
   * @param trails of the tables that it wrote to
   */
  public QueryHistory(List<TableTrail> trails) {
    this.trails = List.copyOf(trails);
    List<CommittedBatch> batches = new ArrayList<>();
    for (TableTrail trail : trails) {
      batches.addAll(trail.batches());
      newest = Math.max(newest, last(trail));
      doubtfulBefore = Math.max(doubtfulBefore, firstKnown(trail));
    }
    batches.sort(Comparator.comparingLong(CommittedBatch::batch));
    batches.forEach(this::read);
    topics.addAll(NamedQuery.topics(ends.keySet()));
  }

  private void read(CommittedBatch batch) {
    SortedMap<TopicPartition, OffsetRange> ranges = NamedRanges.parse(batch.offsets());
    if (batch.plan().isEmpty() || ranges.isEmpty()) {
      doubtfulBefore = Math.max(doubtfulBefore, batch.batch() + 1);
    }
    ranges.forEach((partition, range) -> ends.put(partition, new End(range.to(), batch.batch())));
    NamedQuery.parse(batch.tags())
        .ifPresent(
            query -> {
              topics.addAll(query.topics());
              operators.addAll(query.operators());
              tables = Math.max(tables, query.tables());
            });
  }

  /** The newest batch of a table; -1 for none. */
  private static long last(TableTrail trail) {
    return Math.max(
        trail.lastBatch().orElse(-1),
        trail.batches().stream().mapToLong(CommittedBatch::batch).max().orElse(-1));
  }

  /** The first batch from which the log of a table is complete. */
  private static long firstKnown(TableTrail trail) {
    long inLog = trail.batches().stream().mapToLong(CommittedBatch::batch).max().orElse(-1);
    if (last(trail) > inLog) {
      return last(trail) + 1;
    }
    return trail.earliest() == 0 || inLog < 0
        ? 0
        : trail.batches().stream().mapToLong(CommittedBatch::batch).min().orElse(0);
  }

  /** Where partitions ended, according to the newest batch in a log that names each. */
  public SortedMap<TopicPartition, End> ends() {
    return ends;
  }

  /** The batch before which end offsets are uncertain; 0 when all are certain. */
  public long doubtfulBefore() {
    return doubtfulBefore;
  }

  /** Topics that the query has read, including those without a range in any log. */
  public SortedSet<String> topics() {
    return topics;
  }

  /** Its windowed aggregates. */
  public SortedSet<String> operators() {
    return operators;
  }

  /** The newest batch in any of the tables; -1 for none. */
  public long newest() {
    return newest;
  }

  /** How many tables the query has written to, according to these tables. */
  public int tables() {
    return tables;
  }

  /** The last batch that went to each of the tables that the query wrote to, by location. */
  public SortedMap<String, Long> writes() {
    SortedMap<String, Long> writes = new TreeMap<>();
    for (TableTrail trail : trails) {
      if (last(trail) >= 0) {
        writes.put(trail.location(), last(trail));
      }
    }
    return writes;
  }
}
