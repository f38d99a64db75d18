package io.tidemark.checkpoint.log;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

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

  public CheckpointLocation(Storage storage) {
    this.storage = storage;
    this.offsets = new OffsetLog(storage);
    this.commits = new CommitLog(storage);
    this.batches = new BatchLog(storage);
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
   * The plan of a committed batch; empty when it was removed with old batches. A batch that Spark
   * committed has no plan of ours: it accepted no segment, and its frontier is its offset log
   * entry.
   */
  public Optional<Batch> committedBatch(long number) throws IOException {
    Optional<Batch> plan = batches.read(number);
    if (plan.isPresent()) {
      return plan;
    }
    return offsets
        .read(number)
        .map(
            entry ->
                new Batch(
                    number,
                    "spark",
                    entry.timestampMs(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    entry.frontier(),
                    new TreeMap<>(),
                    new TreeMap<>()));
  }
}
