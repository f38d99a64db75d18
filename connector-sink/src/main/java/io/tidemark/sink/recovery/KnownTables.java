package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.batch.TableErrors;
import java.io.IOException;
import java.util.Optional;

/**
 * The tables that batches have gone to. If such a table is gone, it was dropped. It must not be
 * created again, because only the next batch would then find that out.
 */
public final class KnownTables {

  private final CheckpointLocation checkpoint;

  public KnownTables(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Call this before a table is created.
   *
   * @throws io.tidemark.common.TidemarkException when batches went to a table at this location
   *     (TM-153)
   */
  public void requireNew(String location) throws IOException {
    Optional<Batch> plan = plan(location);
    if (plan.isPresent()) {
      throw TableErrors.dropped(location, plan.get().number() + 1);
    }
  }

  /**
   * Checks whether a table that batches went to still exists; creates nothing.
   *
   * @throws io.tidemark.common.TidemarkException when it is gone (TM-153) or is another table
   *     (TM-152)
   */
  public void requireSame(Tables tables, String location) throws IOException {
    Optional<Batch> plan = plan(location);
    if (plan.isEmpty()) {
      return;
    }
    long next = plan.get().number() + 1;
    Table table = tables.open(location).orElseThrow(() -> TableErrors.dropped(location, next));
    String id = plan.get().tables().get(location);
    if (!table.id().equals(id)) {
      throw TableErrors.recreated(location, id, table.id(), next);
    }
  }

  /** The newest committed plan, if it names the location. */
  private Optional<Batch> plan(String location) throws IOException {
    return checkpoint
        .retainedPlan(checkpoint.commits().latest().orElse(Batch.NONE.number()))
        .filter(plan -> plan.tables().containsKey(location));
  }
}
