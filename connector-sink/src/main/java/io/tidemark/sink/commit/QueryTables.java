package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.batch.TableErrors;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a query as one driver sees them: opened once, and compared with the plans
 * (invariant H).
 */
final class QueryTables {

  private static final Logger LOG = LoggerFactory.getLogger(QueryTables.class);

  private final Tables tables;
  private final String queryId;
  private final Map<String, Table> opened = new HashMap<>();

  QueryTables(Tables tables, String queryId) {
    this.tables = tables;
    this.queryId = queryId;
  }

  /** How the batches in a table relate to those in the checkpoint location. */
  enum Relation {
    /** The table has the batch that was the last one to write to it, and none after it. */
    SAME,
    /** The table lacks that batch. */
    LACKING,
    /** The table has a batch that the checkpoint location does not have. */
    AHEAD
  }

  /**
   * The batches of the query in a table.
   *
   * @param last the newest batch, empty for none
   * @param expected the last batch that wrote to it, as the plans say; empty when they do not
   */
  record Standing(Relation relation, OptionalLong last, OptionalLong expected) {}

  /** All tables that were opened. */
  Collection<Table> opened() {
    return opened.values();
  }

  /** The table at a location that a plan names; empty when there is none. */
  Optional<Table> find(Batch plan, String location) throws IOException {
    Table table = opened.get(location);
    if (table == null) {
      Optional<Table> found = tables.open(location);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      table = found.get();
      opened.put(location, table);
    }
    requireSameTable(plan, table);
    return Optional.of(table);
  }

  /**
   * The table at a location that a plan names but does not write to; also empty when it is another
   * table by now or cannot be used. That matters only when it is written to.
   */
  Optional<Table> glance(Batch plan, String location) throws IOException {
    try {
      return find(plan, location);
    } catch (TidemarkException e) {
      LOG.warn(
          "Table {} is not checked, because the batch has no rows for it: {}",
          location,
          e.getMessage());
      return Optional.empty();
    }
  }

  /** The table at a location that a plan names, which must be there. */
  Table require(Batch plan, String location) throws IOException {
    return find(plan, location).orElseThrow(() -> TableErrors.dropped(location, plan.number()));
  }

  /**
   * Compares the batches in a table with the last committed batch.
   *
   * @param plan the batch after it
   */
  Standing standing(Table table, Batch committed, Batch plan) throws IOException {
    Long written = committed.writes().get(table.location());
    if (written == null) {
      return unwritten(table, committed, plan);
    }
    OptionalLong last = table.lastTransaction(queryId);
    OptionalLong expected = OptionalLong.of(written);
    if (last.orElse(-1) < written) {
      // A table checkpoint may have dropped the transaction, which the commits still show.
      last = number(table.lastBatch(queryId), last);
    }
    return new Standing(
        last.equals(expected)
            ? Relation.SAME
            : last.orElse(-1) < written ? Relation.LACKING : Relation.AHEAD,
        last,
        expected);
  }

  /** No plan names the last batch of the table, or no batch was written to it. */
  private Standing unwritten(Table table, Batch committed, Batch plan) throws IOException {
    boolean known = committed.tables().containsKey(table.location()) || committed.isOfSpark();
    // If no plan has the table, it can only have batches after the committed one.
    Batch oldest = committed.number() < 0 ? plan : committed;
    long sinceMs = known ? Long.MIN_VALUE : oldest.timestampMs() - Append.CLOCKS_DIFFER_MS;
    OptionalLong last = table.newestBatch(queryId, sinceMs);
    boolean ahead = last.orElse(-1) > committed.number();
    if (!ahead && !known && last.isPresent()) {
      // Spark's batches are in no plan; ours are.
      ahead = table.lastBatch(queryId).flatMap(CommittedBatch::plan).isPresent();
    }
    return new Standing(ahead ? Relation.AHEAD : Relation.SAME, last, OptionalLong.empty());
  }

  private static OptionalLong number(Optional<CommittedBatch> batch, OptionalLong otherwise) {
    return batch.isPresent() ? OptionalLong.of(batch.get().batch()) : otherwise;
  }

  private static void requireSameTable(Batch plan, Table table) throws IOException {
    String expected = plan.tables().get(table.location());
    if (!table.id().equals(expected)) {
      throw TableErrors.recreated(table.location(), expected, table.id(), plan.number());
    }
  }

  /** Fails when a plan has one table, which its id identifies, under two locations. */
  static void requireOneNameEach(Batch plan) {
    SortedMap<String, String> names = new TreeMap<>();
    plan.tables()
        .forEach(
            (location, id) -> {
              String other = names.putIfAbsent(id, location);
              if (other != null) {
                throw CommitErrors.oneTableTwice(other, location, id);
              }
            });
  }
}
