package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.batch.TableErrors;
import java.io.IOException;
import java.util.Optional;

/**
 * The tables that batches have gone to. One that is gone was dropped, and making another in its
 * place would leave it to the next batch to find that out.
 */
public final class KnownTables {

  private final CheckpointLocation checkpoint;

  public KnownTables(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * To be asked before a table is created.
   *
   * @throws io.tidemark.common.TidemarkException when there was one (TM-153)
   */
  public void requireNew(String location) throws IOException {
    Optional<Batch> plan = plan(location);
    if (plan.isPresent()) {
      throw TableErrors.dropped(location, plan.get().number() + 1);
    }
  }

  /**
   * Looks whether a table that batches went to is still there, and creates nothing.
   *
   * @throws io.tidemark.common.TidemarkException when it is gone (TM-153) or another (TM-152)
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
