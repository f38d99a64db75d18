package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.batch.TableErrors;
import io.tidemark.sink.commit.Survey;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.segment.Limits;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that lack what earlier batches wrote: found before anything is written behind the hole.
 */
final class RestoredTables {

  private static final Logger LOG = LoggerFactory.getLogger(RestoredTables.class);

  private final CheckpointLocation checkpoint;
  private boolean rebases;

  RestoredTables(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** From now on returns by itself, where that is possible. */
  void rebase() {
    rebases = true;
  }

  /**
   * Back to what the table has, if that is wanted and the logs can say all of it.
   *
   * @param limits where the next batch has to end: one that Spark planned cannot go back
   */
  FrontierMove back(Batch committed, Survey.Lacking found, Limits limits) throws IOException {
    boolean possible =
        found.last().isPresent() && committed.tables().size() == 1 && limits.isNone();
    if (!rebases || !possible) {
      throw restored(committed, found);
    }
    long last = found.last().getAsLong();
    FrontierMove back =
        new OffsetRequests(checkpoint)
            .returnToRetained(
                String.format(Locale.ROOT, "restored-%d-%d", committed.number(), last),
                String.format(Locale.ROOT, "%s was restored to batch %d", found.location(), last),
                last)
            .orElseThrow(() -> restored(committed, found));
    if (back.ends().values().stream().anyMatch(OptionalLong::isEmpty)) {
      // Where partitions began that were first read behind that batch, nobody knows any more.
      throw restored(committed, found);
    }
    LOG.warn(
        "{} was restored to batch {}, though batch {} went to it: returning there, as"
            + " on.table.restored=rebase says",
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
