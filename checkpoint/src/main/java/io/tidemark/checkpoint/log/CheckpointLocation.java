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
 *   voids/N         what stands in for a void plan    {@link BatchLog}
 *   segments/ID     what a task has sealed            {@link SegmentLog}
 *   sessions/ID     who may have left data files      {@link SessionLog}
 *   attempts/ID     who may have left result files    {@link AttemptLog}
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
  private final BatchLog voids;
  private final SegmentLog segments;
  private final SessionLog sessions;
  private final AttemptLog attempts;

  public CheckpointLocation(Storage storage) {
    this.storage = storage;
    this.offsets = new OffsetLog(storage);
    this.commits = new CommitLog(storage);
    this.batches = new BatchLog(storage);
    this.voids = new BatchLog(storage, "voids");
    this.segments = new SegmentLog(storage);
    this.sessions = new SessionLog(storage);
    this.attempts = new AttemptLog(storage);
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
   * What stands in for plans that could not be carried out, since a file that they name is gone or
   * fits its table no more. An entry is created after a version of the first table of the plan
   * tells that it is void, and its offset log entry is then that of the stand-in.
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

  /** Where all of it is, and the state of operators below {@code state/}. */
  public Storage storage() {
    return storage;
  }

  /** What the location is called in messages. */
  public String location() {
    return storage.location();
  }

  /**
   * The plan of a batch, or what stands in for it; empty when there is none, or when Spark has
   * planned the batch otherwise before anything of the plan was carried out.
   */
  public Optional<Batch> plan(long number) throws IOException {
    Optional<Batch> plan = batches.read(number);
    return plan.isPresent() && isVoid(plan.get()) ? standIn(number) : plan;
  }

  private Optional<Batch> standIn(long number) throws IOException {
    Optional<PlanMark> mark = offsets.read(number).flatMap(OffsetLog.Entry::plan);
    return mark.isEmpty()
        ? Optional.empty()
        : voids.read(number).filter(batch -> PlanMark.of(batch).equals(mark.get()));
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
        .filter(
            entry ->
                !entry.frontier().equals(plan.frontier())
                    || entry.plan().filter(mark -> !mark.equals(PlanMark.of(plan))).isPresent())
        .isPresent();
  }
}
