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
 * Invariant L: nothing is read into a table twice because somebody renamed something. Before a
 * query writes a topic to a table for the first time, it asks the table whether another query has
 * read that topic: after the connector was renamed, or its checkpoint location removed, that was
 * this connector itself, and it would write every record once more.
 *
 * <p>Topics are compared, not offsets: where ranges do not overlap yet, they will. Spark's versions
 * name no topics, and are no concern.
 */
public final class OffsetsInTable {

  private final Tables tables;
  private final String queryId;
  private final String checkpoint;
  private final boolean appends;

  /** By table, the topics that were asked for. */
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
   * Looks at the tables that a plan is the first to write a topic to.
   *
   * @param committed the batch before it
   * @throws io.tidemark.common.TidemarkException when another query has read such a topic, or
   *     when nobody can tell (TM-166, TM-167)
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

  /** A batch that moves the frontier does not say what it writes. */
  private static boolean isWritten(Batch plan, String location) {
    return plan.continuity().movedBy() == plan.number()
        || plan.writes().getOrDefault(location, -1L) == plan.number();
  }

  private void require(String location, boolean inPlans, Batch committed, SortedSet<String> topics)
      throws IOException {
    Optional<Table> table = tables.open(location);
    if (table.isEmpty()) {
      return;
    }
    // Or the table knows it: from a Spark query that this connector took over.
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
    // A query at work is not stopped for what it asked, or could have asked, when it began.
    if (!known && !others.gone().isEmpty()) {
      throw AuditErrors.unknownQueries(location, others.gone(), topics, queryId, checkpoint);
    }
  }
}
