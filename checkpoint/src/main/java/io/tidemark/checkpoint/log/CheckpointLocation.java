package io.tidemark.checkpoint.log;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.storage.Storage;
import java.io.IOException;
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
 *   segments/ID     what a task has sealed            {@link SegmentLog}
 *   sessions/ID     who may have left data files      {@link SessionLog}
 *   attempts/ID     who may have left result files    {@link AttemptLog}
 *   owners/N        whose location it is              {@link OwnerLog}
 *   state/OP/FILE   runs of an operator's partials    named by segments and plans
 * </pre>
 *
 * Batch N is planned by creating {@code batches/N}; {@code offsets/N} and {@code commits/N} follow
 * from it, so that any driver can finish what another began.
 */
public final class CheckpointLocation {

  private final Storage storage;
  private final OffsetLog offsets;
  private final CommitLog commits;
  private final BatchLog batches;
  private final SegmentLog segments;
  private final SessionLog sessions;
  private final AttemptLog attempts;
  private final OwnerLog owners;

  public CheckpointLocation(Storage storage) {
    this.storage = storage;
    this.offsets = new OffsetLog(storage);
    this.commits = new CommitLog(storage);
    this.batches = new BatchLog(storage);
    this.segments = new SegmentLog(storage);
    this.sessions = new SessionLog(storage);
    this.attempts = new AttemptLog(storage);
    this.owners = new OwnerLog(storage);
  }

  /**
   * The query id; created when this is the first use of the location. It is never created beside
   * existing logs: under another id the tables would take every batch once more.
   */
  public String queryId() throws IOException {
    if (QueryMetadata.isMissing(storage)) {
      OptionalLong planned = offsets.latest();
      // Unless it was created, and the batch behind it, between the two reads.
      if (planned.isPresent() && QueryMetadata.isMissing(storage)) {
        throw CheckpointErrors.missingEntry(
            QueryMetadata.file(storage), offsets.file(planned.getAsLong()) + " exists");
      }
    }
    return QueryMetadata.readOrCreate(storage).id();
  }

  /** The query id; empty when there is none: for those who must not begin a query. */
  public Optional<String> knownQueryId() throws IOException {
    return QueryMetadata.isMissing(storage)
        ? Optional.empty()
        : Optional.of(QueryMetadata.readOrCreate(storage).id());
  }

  /**
   * Makes this the location of a query that was begun elsewhere.
   *
   * @return whether it is that query's now; false when it is another's
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

  /** Where all of it is, and the state of operators below {@code state/}. */
  public Storage storage() {
    return storage;
  }

  /** What the location is called in messages. */
  public String location() {
    return storage.location();
  }

  /**
   * The plan of a batch; empty when there is none, or when it is void: Spark has planned the batch
   * otherwise before anything of the plan was carried out.
   */
  public Optional<Batch> plan(long number) throws IOException {
    Optional<Batch> plan = batches.read(number);
    return plan.isPresent() && isVoid(plan.get()) ? Optional.empty() : plan;
  }

  /**
   * The plan of a committed batch; empty when it was removed with old batches. A batch that Spark
   * committed has no plan of ours: it accepted no segment, its frontier is its offset log entry,
   * and what was decided about segments and sessions before is as the last plan has it.
   */
  public Optional<Batch> committedBatch(long number) throws IOException {
    Optional<Batch> plan = plan(number);
    if (plan.isPresent()) {
      return plan;
    }
    Optional<OffsetLog.Entry> entry = offsets.read(number);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Batch before = lastPlan(number);
    for (TopicPartition partition : before.frontier().ends().keySet()) {
      if (entry.get().frontier().end(partition).isEmpty()) {
        throw CheckpointErrors.partitionsLeftOut(
            offsets.file(number), partition.toString(), batches.file(before.number()));
      }
    }
    return Optional.of(
        before.followedBySpark(number, entry.get().timestampMs(), entry.get().frontier()));
  }

  /** The newest plan up to this batch that is not known to be void, or none. */
  private Batch lastPlan(long number) throws IOException {
    List<Long> numbers = batches.numbers();
    for (int i = numbers.size() - 1; i >= 0; i--) {
      if (numbers.get(i) <= number) {
        Optional<Batch> plan = plan(numbers.get(i));
        if (plan.isPresent()) {
          return plan.get();
        }
      }
    }
    return Batch.NONE;
  }

  private boolean isVoid(Batch plan) throws IOException {
    return offsets
        .read(plan.number())
        .filter(entry -> !entry.frontier().equals(plan.frontier()))
        .isPresent();
  }
}
