package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.delta.table.Table;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.commit.Terms;
import io.tidemark.sink.window.WindowCloser;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out planned batches, and the clean-up and maintenance after them. */
final class Execution {

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private final BatchCommit commit;
  private final Cleanup cleanup;
  private final WindowCloser closer;

  Execution(BatchCommit commit, Cleanup cleanup, WindowCloser closer) {
    this.commit = commit;
    this.cleanup = cleanup;
    this.closer = closer;
  }

  /**
   * Commits a planned batch.
   *
   * @param before the previous batch
   * @param known segments that need not be read again, by id
   * @param planMs how long it took to plan it
   * @return what was done; the batch in it may be one that stands in for the plan
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  Progress commit(
      Batch planned, Batch before, Map<SegmentId, Segment> known, long planMs, Terms terms)
      throws IOException {
    long startNanos = System.nanoTime();
    Batch done = commit.finish(planned, before, known, terms);
    long commitMs = (System.nanoTime() - startNanos) / 1_000_000;
    return new Progress(
        done,
        before,
        Progress.inputRows(done, before, known),
        Progress.Output.of(done, known),
        planMs,
        commitMs,
        terms.nowMs() + commitMs);
  }

  /**
   * Removes what the batch made superfluous, maintains tables, and merges runs. A failure only
   * leaves files until a later batch.
   *
   * @return sessions that are not registered any more
   */
  Set<SessionId> cleanUp(Batch committed) {
    Set<SessionId> forgotten = Set.of();
    try {
      forgotten = cleanup.after(committed);
      for (Table table : commit.openedTables()) {
        table.maintain();
      }
      closer.compact(committed);
    } catch (IOException e) {
      LOG.warn(
          "The clean-up after batch {} failed. It is tried again after a later batch",
          committed.number(),
          e);
    }
    return forgotten;
  }
}
