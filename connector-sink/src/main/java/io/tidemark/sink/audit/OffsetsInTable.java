package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.OtherQueries;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Invariant L: no record is written to a table twice because a connector was renamed. Before a
 * query writes a topic to a table for the first time, it asks the table whether another query has
 * read that topic: after the connector was renamed, or its checkpoint location removed, that was
 * this connector itself, and it would write every record once more.
 *
 * <p>Topics are compared, not offsets, because ranges that do not overlap yet will do so later.
 * Versions of Spark name no topics and are ignored.
 */
public final class OffsetsInTable {

  private final Tables tables;
  private final String queryId;
  private final String checkpoint;
  private final boolean appends;

  /** By table, the topics that were already checked. */
  private final Map<String, Set<String>> asked = new HashMap<>();

  /**
   * @param checkpoint the checkpoint location, for messages
   * @param appends whether the operator wants the query to append to whatever is there
   */
  public OffsetsInTable(Tables tables, String queryId, String checkpoint, boolean appends) {
    this.tables = tables;
    this.queryId = queryId;
    this.checkpoint = checkpoint;
    this.appends = appends;
  }

  /**
   * Checks the tables to which a plan writes a topic for the first time.
   *
   * @param committed the previous batch
   * @throws io.tidemark.common.TidemarkException when another query has read such a topic, or may
   *     have (TM-166, TM-167)
   */
  public void require(Batch committed, Batch plan) throws IOException {
    if (appends) {
      return;
    }
    for (String location : plan.tables().keySet()) {
      if (isWritten(plan, location)) {
        SortedSet<String> topics = NamedQuery.topics(plan);
        topics.removeAll(asked.getOrDefault(location, Set.of()));
        boolean known = committed.tables().containsKey(location);
        if (known) {
          topics.removeAll(NamedQuery.topics(committed));
        }
        if (!topics.isEmpty()) {
          require(location, known, committed, topics);
          asked.computeIfAbsent(location, first -> new TreeSet<>()).addAll(topics);
        }
      }
    }
  }

  /** A batch that resets the frontier does not name the topics that it writes. */
  private static boolean isWritten(Batch plan, String location) {
    return plan.continuity().resetBy() == plan.number()
        || plan.writes().getOrDefault(location, -1L) == plan.number();
  }

  private void require(String location, boolean inPlans, Batch committed, SortedSet<String> topics)
      throws IOException {
    Optional<Table> table = tables.open(location);
    if (table.isEmpty()) {
      return;
    }
    // Or a Spark query that this connector took over wrote it to the table.
    boolean known = inPlans || table.get().lastTransaction(queryId).isPresent();
    if (known) {
      topics.removeAll(NamedQuery.topics(committed));
      if (topics.isEmpty()) {
        return;
      }
    }
    OtherQueries others = table.get().otherQueries(queryId);
    for (CommittedBatch batch : others.newest()) {
      SortedMap<TopicPartition, OffsetRange> ranges = NamedRanges.parse(batch.offsets());
      SortedSet<String> read = NamedQuery.topics(ranges.keySet());
      NamedQuery.parse(batch.tags()).ifPresent(query -> read.addAll(query.topics()));
      read.retainAll(topics);
      if (batch.plan().isPresent() && !read.isEmpty()) {
        throw AuditErrors.offsetsInTable(location, batch, read, queryId, checkpoint);
      }
    }
    // A running query is not stopped by a check that it made, or could have made, at its start.
    if (!known && !others.gone().isEmpty()) {
      throw AuditErrors.unknownQueries(location, others.gone(), topics, queryId, checkpoint);
    }
  }
}
