package io.tidemark.command.verify;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.verify.Finding.Kind;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.TableFile;
import io.tidemark.delta.read.TableState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;

/** Reads the offsets of a table's rows: each offset should be there once. */
public final class RowAudit {

  private static final String TOPIC = "_kafka_topic";
  private static final String PARTITION = "_kafka_partition";
  private static final String OFFSET = "_kafka_offset";
  private static final Set<String> COLUMNS = Set.of(TOPIC, PARTITION, OFFSET);
  private static final int FILES_AT_ONCE = 10_000;

  private final ReadableTable table;
  private final SortedMap<TopicPartition, OffsetRows> offsets = new TreeMap<>(Offsets.ORDER);
  private final List<Finding> findings = new ArrayList<>();
  private long rows;

  public RowAudit(ReadableTable table) {
    this.table = table;
  }

  /** Whether the table has the columns of {@code metadata.columns} that this audit needs. */
  public static boolean isPossible(List<String> columns) {
    return columns.containsAll(COLUMNS);
  }

  /** How many rows were read. */
  public long rows() {
    return rows;
  }

  /**
   * Reads a version.
   *
   * @param batches the audit of the same tables' batches, already complete
   * @param dense whether an offset without a row is a finding; it is not with transactions,
   *     compacted topics, rejected or deleted records
   */
  public List<Finding> run(long version, OffsetAudit batches, boolean dense) throws IOException {
    SortedMap<TopicPartition, Passes> passes = batches.passes();
    TableState state = table.at(version).only(COLUMNS);
    Optional<TableFile> last = Optional.empty();
    List<TableFile> files = table.files(state.version(), path -> true, last, FILES_AT_ONCE).files();
    while (!files.isEmpty()) {
      for (TableFile file : files) {
        read(state, file, passes);
      }
      last = Optional.of(files.get(files.size() - 1));
      files = table.files(state.version(), path -> true, last, FILES_AT_ONCE).files();
    }
    offsets.forEach(
        (partition, found) ->
            judge(partition, found, passes.get(partition), batches.isWhole(), dense));
    return findings;
  }

  private void read(TableState state, TableFile file, SortedMap<TopicPartition, Passes> passes)
      throws IOException {
    try (FileRows values = table.rows(state, file, 0)) {
      while (values.next()) {
        Struct row = values.value();
        Object topic = row.get(TOPIC);
        Object partition = row.get(PARTITION);
        Object offset = row.get(OFFSET);
        rows++;
        // Rows of another writer come from no topic.
        if (topic instanceof String name
            && partition instanceof Number number
            && offset instanceof Number at) {
          offsets
              .computeIfAbsent(
                  new TopicPartition(name, number.intValue()),
                  from -> new OffsetRows(passes.getOrDefault(from, new Passes())))
              .add(at.longValue());
        }
      }
    }
  }

  private void judge(
      TopicPartition partition, OffsetRows found, Passes passes, boolean whole, boolean dense) {
    String where = table.location() + ", " + partition;
    OffsetSet set = found.offsets();
    long tooMany = found.tooMany();
    if (tooMany > 0) {
      boolean explicable = passes != null && passes.isReset() && !whole;
      findings.add(
          new Finding(
              explicable ? Kind.UNPROVEN : Kind.DUPLICATE,
              where,
              tooMany
                  + " rows too many, the first at offset "
                  + found.firstTooMany()
                  + (explicable
                      ? ": a batch reset offsets, and not all earlier batches are in the log"
                      : "")));
    }
    if (passes != null && passes.most() > 0 && set.largest() >= passes.end()) {
      findings.add(
          new Finding(
              passes.isReset() && !whole ? Kind.UNPROVEN : Kind.BEYOND,
              where,
              set.from(passes.end())
                  + " offsets at or after "
                  + passes.end()
                  + ", where the batches end"));
    }
    if (set.holes() > 0) {
      findings.add(
          new Finding(
              dense ? Kind.HOLE : Kind.NOTE,
              where,
              set.holes()
                  + " offsets of ["
                  + set.smallest()
                  + ", "
                  + (set.largest() + 1)
                  + ") have no row, the first is "
                  + set.firstHole()));
    }
  }
}
