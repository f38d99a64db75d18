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
 * The newest batch to which a connector can return whose windows are damaged, and what that costs.
 *
 * @param batch its state is whole
 * @param written tables that later batches wrote to: what is read again is in them once more
 * @param forgets whether there are partitions that only later batches name: nobody knows where they
 *     began
 */
record WayBack(Batch batch, SortedSet<String> written, boolean forgets) {

  /** Whether returning costs nothing but time, if Kafka still has the records. */
  boolean isFree() {
    return written.isEmpty() && !forgets;
  }

  /** Looks for it behind the newest plan; empty when no retained batch will do. */
  static Optional<WayBack> find(LocationScan scan, StateScan state, Batch newest)
      throws IOException {
    SortedSet<String> written = new TreeSet<>(writes(scan, newest.number(), newest));
    // Batches of Spark's behind it have no plan, and rows.
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
        return Optional.of(new WayBack(batch, written, forgets));
      }
    }
    return Optional.empty();
  }

  /** The tables that a batch may have written to; all of them when nobody can tell. */
  private static SortedSet<String> writes(LocationScan scan, long number, Batch newest) {
    Batch plan = scan.plans().get(number);
    SortedSet<String> tables = new TreeSet<>();
    if (plan == null) {
      return new TreeSet<>(newest.tables().keySet());
    }
    if (plan.continuity().movedBy() == number
        && !(plan.accepted().isEmpty() && plan.results().isEmpty())) {
      // A batch that moves does not say what it wrote.
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
