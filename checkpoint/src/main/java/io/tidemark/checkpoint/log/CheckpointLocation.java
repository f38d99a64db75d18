package io.tidemark.checkpoint.log;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The logs of one query:
 *
 * <pre>
 *   metadata        the query id                      {@link QueryMetadata}
 *   offsets/N       what batch N is going to be       {@link OffsetLog}, Spark's format
 *   commits/N       batch N is done                   {@link CommitLog}, Spark's format
 *   batches/N       the plan of batch N               {@link BatchLog}
 *   voids/N         what stands in for a void plan    {@link BatchLog}
 *   segments/ID     what a task has sealed            {@link SegmentLog}
 *   sessions/ID     sessions that may have files      {@link SessionLog}
 *   attempts/ID     attempts that may have files      {@link AttemptLog}
 *   owners/N        the connector that owns it        {@link OwnerLog}
 *   state/OP/FILE   runs of an operator's partials    named by segments and plans
 * </pre>
 *
 * Batch N is planned by creating {@code batches/N}; {@code offsets/N} and {@code commits/N} follow
 * from it, so that any driver can finish what another driver began.
 */
public final class CheckpointLocation {

  private final Storage storage;
  private final OffsetLog offsets;
  private final CommitLog commits;
  private final BatchLog batches;
  private final BatchLog voids;
  private final SegmentLog segments;
  private final SessionLog sessions;
  private final AttemptLog attempts;
  private final OwnerLog owners;

  public CheckpointLocation(Storage storage) {
    this.storage = storage;
    this.offsets = new OffsetLog(storage);
    this.commits = new CommitLog(storage);
    this.batches = new BatchLog(storage);
    this.voids = new BatchLog(storage, "voids");
    this.segments = new SegmentLog(storage);
    this.sessions = new SessionLog(storage);
    this.attempts = new AttemptLog(storage);
    this.owners = new OwnerLog(storage);
  }

  /**
   * The query id; created on the first use of the location. It is never created beside existing
   * logs: with another id every batch would be written to the tables again.
   */
  public String queryId() throws IOException {
    if (QueryMetadata.isMissing(storage)) {
      OptionalLong planned = offsets.latest();
      // The id and the next batch may have been created between the two reads.
      if (planned.isPresent() && QueryMetadata.isMissing(storage)) {
        throw CheckpointErrors.missingEntry(
            QueryMetadata.file(storage), offsets.file(planned.getAsLong()) + " exists");
      }
    }
    return QueryMetadata.readOrCreate(storage).id();
  }

  /** The query id; empty when there is none. For callers that must not begin a query. */
  public Optional<String> knownQueryId() throws IOException {
    return QueryMetadata.isMissing(storage)
        ? Optional.empty()
        : Optional.of(QueryMetadata.readOrCreate(storage).id());
  }

  /**
   * Makes this the location of a query that was begun elsewhere.
   *
   * @return whether the location now belongs to that query; false when it belongs to another one
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public boolean continueQuery(String queryId) throws IOException {
    return new QueryMetadata(queryId).create(storage);
  }

  public OffsetLog offsets() {
    return offsets;
  }

  public CommitLog commits() {
    return commits;
  }

  public BatchLog batches() {
    return batches;
  }

  /**
   * The stand-ins for plans that could not be carried out because a file that they name is gone or
   * no longer fits its table. An entry is created after a version of the plan's first table has
   * declared the plan void. The offset log entry of the batch is then that of the stand-in.
   */
  public BatchLog voids() {
    return voids;
  }

  public SegmentLog segments() {
    return segments;
  }

  public SessionLog sessions() {
    return sessions;
  }

  public AttemptLog attempts() {
    return attempts;
  }

  public OwnerLog owners() {
    return owners;
  }

  /** The storage of all logs, and of the state of operators below {@code state/}. */
  public Storage storage() {
    return storage;
  }

  /** What the location is called in messages. */
  public String location() {
    return storage.location();
  }

  /**
   * The owner of a batch.
   *
   * @throws io.tidemark.common.TidemarkException when a plan of the connector is missing (TM-303)
   *     or contradicts its offset log entry (TM-301): the owner is then unknown
   */
  public BatchOwner owner(long number) throws IOException {
    Optional<Batch> plan = batches.read(number);
    Optional<OffsetLog.Entry> entry = offsets.read(number);
    if (entry.isEmpty()) {
      if (plan.isEmpty()) {
        return new BatchOwner.Nobody();
      }
      // The stand-in's entry replaces that of the void plan; in between there may be no entry.
      return new BatchOwner.Connector(voids.read(number).orElse(plan.get()), Optional.empty());
    }
    if (plan.isEmpty()) {
      // An entry of the connector always has its plan, unless both were created between the reads.
      plan = batches.read(number);
    }
    if (plan.isPresent() && entry.get().agreesWith(plan.get())) {
      return new BatchOwner.Connector(plan.get(), entry);
    }
    if (entry.get().isOfSpark()) {
      return new BatchOwner.Spark(entry.get());
    }
    Optional<Batch> standIn = voids.read(number).filter(entry.get()::agreesWith);
    if (standIn.isPresent()) {
      return new BatchOwner.Connector(standIn.get(), entry);
    }
    // Its files go one after the other, and this reader may have been paused between them.
    if (isRetired(number)) {
      return new BatchOwner.Nobody();
    }
    if (plan.isPresent()) {
      throw CheckpointErrors.damagedFile(
          offsets.file(number), "it is not what " + batches.file(number) + " says", null);
    }
    throw CheckpointErrors.missingEntry(
        batches.file(number), offsets.file(number) + " carries it out");
  }

  /**
   * The plan of a batch, or its stand-in; empty when there is none, or when Spark planned the batch
   * differently before the plan was carried out.
   */
  public Optional<Batch> plan(long number) throws IOException {
    return owner(number) instanceof BatchOwner.Connector ours
        ? Optional.of(ours.plan())
        : Optional.empty();
  }

  /** The plan of a batch that may be old: a plan that was removed is not an error. */
  public Optional<Batch> retainedPlan(long number) throws IOException {
    return batches.exists(number) ? plan(number) : Optional.empty();
  }

  /**
   * The plan of a committed batch; empty when it was removed with old batches. A batch that Spark
   * committed has no plan of the connector: it accepted no segment, its frontier is its offset log
   * entry, and earlier decisions about segments and sessions are those of the last plan.
   */
  public Optional<Batch> committedBatch(long number) throws IOException {
    BatchOwner owner = owner(number);
    if (owner instanceof BatchOwner.Connector ours) {
      // The plan alone is not enough: Spark may have planned the batch differently. A stand-in has
      // a witness in a table, and a driver that was paused may delete its entry late.
      if (ours.entry().isEmpty() && !ours.plan().isStandIn() && commits.exists(number)) {
        throw CheckpointErrors.missingEntry(offsets.file(number), commits.file(number) + " exists");
      }
      return Optional.of(ours.plan());
    }
    return owner instanceof BatchOwner.Spark spark
        ? Optional.of(planOfSpark(number, spark.entry()))
        : Optional.empty();
  }

  private Batch planOfSpark(long number, OffsetLog.Entry entry) throws IOException {
    Batch before = lastPlan(number);
    for (TopicPartition partition : before.frontier().ends().keySet()) {
      if (entry.frontier().end(partition).isEmpty()) {
        throw CheckpointErrors.partitionsLeftOut(
            offsets.file(number), partition.toString(), batches.file(before.number()));
      }
    }
    return before.followedBySpark(number, entry.timestampMs(), entry.frontier());
  }

  /** The newest plan before a batch of Spark, with only batches of Spark in between. */
  private Batch lastPlan(long number) throws IOException {
    long next = number - 1;
    while (next >= 0) {
      BatchOwner owner = owner(next);
      if (owner instanceof BatchOwner.Connector ours) {
        return ours.plan();
      }
      // Spark removes only its oldest entries, so there are no gaps between the rest.
      next = owner instanceof BatchOwner.Spark ? next - 1 : newestPlanBelow(next);
    }
    return Batch.NONE;
  }

  private long newestPlanBelow(long removed) throws IOException {
    List<Long> logged = new ArrayList<>(offsets.numbers());
    logged.retainAll(commits.numbers());
    if (!logged.isEmpty() && logged.get(0) < removed) {
      throw CheckpointErrors.missingEntry(
          offsets.file(removed), offsets.file(logged.get(0)) + " exists");
    }
    return batches.numbers().stream()
        .filter(plan -> plan < removed)
        .reduce(Batch.NONE.number(), Math::max);
  }

  /** Whether a batch was removed with old batches: its commit log entry is removed first. */
  private boolean isRetired(long number) throws IOException {
    return !commits.exists(number) && commits.latest().orElse(Batch.NONE.number()) > number;
  }
}
