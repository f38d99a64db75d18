package io.tidemark.sink.batch;

import io.tidemark.common.TidemarkException;
import java.util.OptionalLong;

/**
 * Tables that are not as earlier batches left them, {@code TM-152}, {@code TM-153}, {@code TM-176}.
 */
public final class TableErrors {

  private TableErrors() {}

  /** The table at a location is not the one to which earlier batches were committed. */
  public static TidemarkException recreated(
      String location, String known, String found, long batch) {
    return TidemarkException.of(
        "TM-152",
        """
        Cannot commit batch %d to %s: its table id is %s, but earlier batches were committed to
        table id %s. The table was dropped and created again. Nothing was written to the new table.
        Restore the old table; or give the connector a new checkpoint.location, to fill the new
        table from the start. See docs/operating/recovery.md#table-recreated.
        """,
        batch,
        location,
        found,
        known);
  }

  /** The table at a location no longer exists. */
  public static TidemarkException dropped(String location, long batch) {
    return TidemarkException.of(
        "TM-153",
        """
        Cannot commit batch %d to %s: the table no longer exists, but earlier batches or segments
        are for it. Nothing is lost as long as the checkpoint location and the data files exist.
        Restore the table; or give the connector a new checkpoint.location, to begin a new table.
        See docs/operating/recovery.md#table-recreated.
        """,
        batch,
        location);
  }

  /**
   * A table lacks what earlier batches wrote.
   *
   * @param last the last batch that it has, empty for none
   * @param expected the last batch that wrote to it
   * @param committed the last batch that is committed
   */
  public static TidemarkException restored(
      String location, OptionalLong last, long expected, long committed, String checkpoint) {
    return TidemarkException.of(
        "TM-176",
        """
        Cannot continue writing to %s: batch %d was committed to it, but the last batch that the
        table has is %s. The table was restored to an older version. Nothing was written. Do one of
        these: restore the newer version of the table; %s; or continue and leave the missing batches
        out, with --to-batch %d. See docs/operating/recovery.md#table-restored.
        """,
        location,
        expected,
        last.isPresent() ? "batch " + last.getAsLong() : "none",
        last.isPresent()
            ? TidemarkException.message(
                """
                let the connector write the missing batches again, with bin/tidemark reset
                --checkpoint %s --to-batch %d --execute
                """,
                checkpoint, last.getAsLong())
            : "start over with a new checkpoint.location",
        committed);
  }
}
