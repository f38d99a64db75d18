package io.tidemark.command.repair;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.location.StateScan;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The newest batch to which a connector with damaged windows can return, and the cost of returning.
 *
 * @param batch a batch with undamaged state
 * @param written tables that later batches wrote to: they get records that are read again a second
 *     time
 * @param forgets whether there are partitions that only later batches name: their start offsets are
 *     not recorded
 */
record ReturnPoint(Batch batch, SortedSet<String> written, boolean forgets) {

  /** Whether returning loses and repeats nothing, if Kafka still has the records. */
  boolean isFree() {
    return written.isEmpty() && !forgets;
  }

  /** Searches back from the newest plan; empty when no retained batch is suitable. */
  static Optional<ReturnPoint> find(LocationScan scan, StateScan state, Batch newest)
      throws IOException {
    SortedSet<String> written = new TreeSet<>(writes(scan, newest.number(), newest));
    // Later batches of Spark have rows but no plan.
    for (long later = newest.number() + 1; later <= scan.newestOfSpark().orElse(-1); later++) {
      written.addAll(writes(scan, later, newest));
    }
    for (Batch batch :
        new TreeMap<>(scan.plans()).headMap(newest.number(), false).descendingMap().values()) {
      for (long between = batch.number() + 1; between < newest.number(); between++) {
        written.addAll(writes(scan, between, newest));
      }
      if (scan.commits().containsKey(batch.number())
          && state.missing(batch.operators()).isEmpty()) {
        boolean forgets =
            !batch.frontier().ends().keySet().containsAll(newest.frontier().ends().keySet());
        return Optional.of(new ReturnPoint(batch, written, forgets));
      }
    }
    return Optional.empty();
  }

  /** The tables that a batch may have written to; all of them when that is not known. */
  private static SortedSet<String> writes(LocationScan scan, long number, Batch newest) {
    Batch plan = scan.plans().get(number);
    SortedSet<String> tables = new TreeSet<>();
    if (plan == null) {
      return new TreeSet<>(newest.tables().keySet());
    }
    if (plan.continuity().resetBy() == number
        && !(plan.accepted().isEmpty() && plan.results().isEmpty())) {
      // A batch that resets does not say what it wrote.
      return new TreeSet<>(plan.tables().keySet());
    }
    plan.writes()
        .forEach(
            (table, batch) -> {
              if (batch == number) {
                tables.add(table);
              }
            });
    return tables;
  }
}
