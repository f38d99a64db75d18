package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.batch.TableErrors;
import io.tidemark.sink.commit.Survey;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.segment.Limits;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds tables that lack earlier batches, before a later batch is written to them. */
final class RestoredTables {

  private static final Logger LOG = LoggerFactory.getLogger(RestoredTables.class);

  private final CheckpointLocation checkpoint;
  private boolean rebases;

  RestoredTables(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** From now on returns to the last batch of a restored table, if that is possible. */
  void rebase() {
    rebases = true;
  }

  /**
   * The reset to the last batch of the table, if it is configured and the logs have all offsets.
   *
   * @param limits where the next batch has to end: one that Spark planned cannot go back
   */
  OffsetReset back(Batch committed, Survey.Lacking found, Limits limits) throws IOException {
    boolean possible =
        found.last().isPresent() && committed.tables().size() == 1 && limits.isNone();
    if (!rebases || !possible) {
      throw restored(committed, found);
    }
    long last = found.last().getAsLong();
    OffsetReset back =
        new OffsetRequests(checkpoint)
            .returnToRetained(
                String.format(Locale.ROOT, "restored-%d-%d", committed.number(), last),
                String.format(Locale.ROOT, "%s was restored to batch %d", found.location(), last),
                last)
            .orElseThrow(() -> restored(committed, found));
    if (back.ends().values().stream().anyMatch(OptionalLong::isEmpty)) {
      // The older batch has no start offset for partitions that were first read after it.
      throw restored(committed, found);
    }
    LOG.warn(
        "Table {} was restored to batch {}, but batch {} was committed to it: returning to the"
            + " former batch, as set by on.table.restored=rebase",
        found.location(),
        last,
        found.expected());
    return back;
  }

  private TidemarkException restored(Batch committed, Survey.Lacking found) {
    return TableErrors.restored(
        found.location(),
        found.last(),
        found.expected(),
        committed.number(),
        checkpoint.location());
  }
}
