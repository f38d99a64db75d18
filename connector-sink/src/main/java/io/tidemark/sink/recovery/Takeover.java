package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.BatchOwner;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a task whose checkpoint location a Spark query has used last: it finds out
 * whether the connector can continue there, and closes the gap that a killed query leaves between
 * table and commit log. Does nothing where Spark has not been. It may be repeated, run in any
 * number of tasks at once, and be interrupted anywhere.
 *
 * <p>A batch that Spark planned and the table does not have stays in the offset log: the connector
 * carries it out up to exactly these offsets, see {@link Recovery}. A driver of the query that is
 * still running despite all precautions can therefore only write the same records, with the same
 * transaction.
 */
public final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  /** Where each version of Spark keeps state of the first operator. */
  private static final List<String> SPARK_STATE = List.of("state/0/0", "state/0/_metadata");

  private final CheckpointLocation checkpoint;
  private final Tables tables;
  private final Optional<String> location;
  private final Predicate<String> topics;
  private final boolean windowed;

  /**
   * @param location of the connector's only table, empty when there are several
   * @param topics that the connector reads
   * @param windowed whether it has windowed aggregates
   */
  public Takeover(
      CheckpointLocation checkpoint,
      Tables tables,
      Optional<String> location,
      Predicate<String> topics,
      boolean windowed) {
    this.checkpoint = checkpoint;
    this.tables = tables;
    this.location = location;
    this.topics = topics;
    this.windowed = windowed;
  }

  /**
   * Takes the location over if it is Spark's.
   *
   * @throws io.tidemark.common.TidemarkException when that is not possible; the message says why
   * @throws IOException when it may be tried again
   */
  public void run() throws IOException {
    OptionalLong latest = OptionalLong.empty();
    for (int look = 0; look < Recovery.MAX_LOOKS; look++) {
      latest = checkpoint.commits().latest();
      long committed = latest.orElse(Batch.NONE.number());
      BatchOwner last = latest.isPresent() ? checkpoint.owner(committed) : new BatchOwner.Nobody();
      BatchOwner next = checkpoint.owner(committed + 1);
      // Otherwise another task is taking over at the same time, so that the reads may be
      // inconsistent.
      if (checkpoint.commits().latest().equals(latest)) {
        if (last instanceof BatchOwner.Spark || next instanceof BatchOwner.Spark) {
          takeOver(committed, last, next);
        }
        return;
      }
    }
    throw CheckpointErrors.unsettled(
        checkpoint.location(),
        Recovery.MAX_LOOKS,
        "the newest entry of commits/ was no longer " + latest);
  }

  private static Optional<OffsetLog.Entry> entry(BatchOwner owner) {
    if (owner instanceof BatchOwner.Connector ours) {
      return ours.entry();
    }
    return owner instanceof BatchOwner.Spark spark ? Optional.of(spark.entry()) : Optional.empty();
  }

  private void takeOver(long committed, BatchOwner last, BatchOwner following) throws IOException {
    long next = committed + 1;
    boolean committedBySpark = last instanceof BatchOwner.Spark;
    boolean plannedBySpark = following instanceof BatchOwner.Spark;
    long newest = entry(following).isPresent() ? next : committed;
    Frontier before =
        checkpoint.committedBatch(committed).map(Batch::frontier).orElse(Frontier.NONE);
    OffsetLog.Entry entry = entry(following).or(() -> entry(last)).orElseThrow();
    requireSuitable(newest, entry.frontier());
    if (committedBySpark) {
      requireAfter(committed - 1, committed, entry(last).orElseThrow());
    }
    Optional<Table> table = tables.open(location.orElseThrow());
    OptionalLong inTable =
        table.isEmpty()
            ? OptionalLong.empty()
            : table.get().newestBatch(checkpoint.queryId(), Long.MIN_VALUE);
    if (table.isPresent()) {
      if (plannedBySpark) {
        requireNotOurs(table.get(), next);
      }
      if (committedBySpark) {
        requireNotOurs(table.get(), committed);
      }
    }
    if (committedBySpark && inTable.orElse(Batch.NONE.number()) < committed) {
      throw HandoverErrors.notTheTable(
          location.orElseThrow(),
          checkpoint.queryId(),
          inTable.isPresent() ? "no batch after " + inTable.getAsLong() : "no batch",
          checkpoint.commits().file(committed));
    }
    if (inTable.isPresent() && inTable.getAsLong() > newest) {
      throw HandoverErrors.tableAhead(
          location.orElseThrow(),
          checkpoint.queryId(),
          inTable.getAsLong(),
          checkpoint.offsets().file(newest));
    }
    if (!plannedBySpark) {
      LOG.info("Taking over from Spark after batch {}", committed);
    } else if (inTable.isPresent() && inTable.getAsLong() == next) {
      requireAfter(committed, next, entry);
      checkpoint.commits().create(next, new CommitLog.Entry(entry.watermarkMs()));
      LOG.info("Taking over from Spark after batch {}, which the table has", next);
    } else {
      requireFeasible(next, before, entry.frontier());
      LOG.info("Taking over from Spark at batch {}, which the table does not have", next);
    }
  }

  private void requireSuitable(long batch, Frontier frontier) throws IOException {
    if (windowed) {
      throw HandoverErrors.windowed(checkpoint.location(), batch);
    }
    for (String directory : SPARK_STATE) {
      for (String file : checkpoint.storage().list(directory)) {
        throw HandoverErrors.stateful(checkpoint.location(), directory + "/" + file);
      }
    }
    if (location.isEmpty()) {
      throw HandoverErrors.severalTables(checkpoint.location());
    }
    for (TopicPartition partition : frontier.ends().keySet()) {
      if (!topics.test(partition.topic())) {
        throw HandoverErrors.topicNotRead(checkpoint.offsets().file(batch), partition.topic());
      }
    }
  }

  /** Its entries have no checksum, but its batches do not go back. */
  private void requireAfter(long before, long batch, OffsetLog.Entry entry) throws IOException {
    Optional<OffsetLog.Entry> previous = checkpoint.offsets().read(before);
    if (previous.equals(Optional.of(entry))) {
      throw CheckpointErrors.damagedFile(
          checkpoint.offsets().file(batch), "it is " + checkpoint.offsets().file(before), null);
    }
    if (previous.isPresent()) {
      for (Map.Entry<TopicPartition, Long> end : previous.get().frontier().ends().entrySet()) {
        if (entry.frontier().end(end.getKey()).orElse(Long.MAX_VALUE) < end.getValue()) {
          throw CheckpointErrors.damagedFile(
              checkpoint.offsets().file(batch),
              end.getKey() + " ends at a lower offset than in " + checkpoint.offsets().file(before),
              null);
        }
      }
    }
  }

  /** According to the logs the batch is Spark's; the table decides. */
  private void requireNotOurs(Table table, long batch) throws IOException {
    Optional<CommittedBatch> version =
        table.lastBatch(checkpoint.queryId()).filter(newest -> newest.batch() == batch);
    if (version.isPresent() && version.get().plan().isPresent()) {
      throw CheckpointErrors.notOfSpark(
          checkpoint.offsets().file(batch), table.location(), batch, version.get().plan().get());
    }
  }

  /** A task knows where each partition begins, and that there are offsets to read up to. */
  private void requireFeasible(long batch, Frontier before, Frontier ends) throws IOException {
    if (checkpoint.batches().exists(batch)) {
      throw unfinished(batch, "the connector had another plan for this batch");
    }
    for (Map.Entry<TopicPartition, Long> end : ends.ends().entrySet()) {
      OptionalLong begin = before.end(end.getKey());
      if (begin.isEmpty() || begin.getAsLong() > end.getValue()) {
        throw unfinished(
            batch, "no earlier batch has the offset at which it begins in " + end.getKey());
      }
    }
    for (TopicPartition partition : before.ends().keySet()) {
      if (ends.end(partition).isEmpty()) {
        throw unfinished(batch, "it leaves out " + partition);
      }
    }
  }

  private TidemarkException unfinished(long batch, String why) {
    return CheckpointErrors.unfinishedSparkBatch(
        checkpoint.offsets().file(batch), checkpoint.commits().file(batch), why);
  }
}
