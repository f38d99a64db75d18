package io.tidemark.sink.batch;

import io.tidemark.common.TidemarkException;
import java.util.OptionalLong;

/**
 * Tables that are not what earlier batches left, {@code TM-152}, {@code TM-153}, {@code TM-176}.
 */
public final class TableErrors {

  private TableErrors() {}

  /** The table at a location is not the one that earlier batches went to. */
  public static TidemarkException recreated(
      String location, String known, String found, long batch) {
    return new TidemarkException(
        "TM-152",
        "Cannot commit batch "
            + batch
            + " to "
            + location
            + ": its table id is "
            + found
            + ", earlier batches went to "
            + known
            + ". The table was dropped and created again; nothing was written to the new one."
            + " Restore the old table, or give the connector a new checkpoint.location to fill the"
            + " new table from the start. See docs/operating/recovery.md#table-recreated.",
        null);
  }

  /** The table at a location is gone. */
  public static TidemarkException dropped(String location, long batch) {
    return new TidemarkException(
        "TM-153",
        "Cannot commit batch "
            + batch
            + " to "
            + location
            + ": there is no table any more, though earlier batches or segments went to it. Nothing"
            + " is lost while checkpoint and data files stand. Restore the table, or give the"
            + " connector a new checkpoint.location to begin a new one. See"
            + " docs/operating/recovery.md#table-recreated.",
        null);
  }

  /**
   * A table that lacks what earlier batches wrote.
   *
   * @param last the last batch that it knows of, empty for none
   * @param expected the last batch that wrote to it
   * @param committed the last batch that is committed
   */
  public static TidemarkException restored(
      String location, OptionalLong last, long expected, long committed, String checkpoint) {
    String back =
        last.isPresent()
            ? "; or let the connector write again what is missing, with bin/tidemark reset --checkpoint "
                + checkpoint
                + " --to-batch "
                + last.getAsLong()
                + " --execute"
            : "; or start over with a new checkpoint.location";
    return new TidemarkException(
        "TM-176",
        "Cannot write on to "
            + location
            + ": batch "
            + expected
            + " went to it, but the last one that it knows of is "
            + (last.isPresent() ? "batch " + last.getAsLong() : "none")
            + ". It was restored to an older version. Nothing was written. Bring the newer version back"
            + back
            + "; or go on behind the hole, with --to-batch "
            + committed
            + ". See docs/operating/recovery.md#table-restored.",
        null);
  }
}
