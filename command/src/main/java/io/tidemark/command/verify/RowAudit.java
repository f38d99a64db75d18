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

/** Reads the rows of a table for the offsets that they come from: each should be there once. */
public final class RowAudit {

  private static final String TOPIC = "_kafka_topic";
  private static final String PARTITION = "_kafka_partition";
  private static final String OFFSET = "_kafka_offset";
  private static final Set<String> COLUMNS = Set.of(TOPIC, PARTITION, OFFSET);
  private static final int FILES_AT_ONCE = 10_000;

  private final ReadableTable table;
  private final SortedMap<TopicPartition, OffsetSet> offsets = new TreeMap<>(Offsets.ORDER);
  private final List<Finding> findings = new ArrayList<>();
  private long rows;

  public RowAudit(ReadableTable table) {
    this.table = table;
  }

  /** Whether the table has the columns of {@code metadata.columns} that it takes. */
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
   * @param ends where each partition ends, as batches tell
   * @param dense whether an offset without a row is a finding: with transactions, compacted topics,
   *     rejected or deleted records it is none
   */
  public List<Finding> run(long version, SortedMap<TopicPartition, Long> ends, boolean dense)
      throws IOException {
    TableState state = table.at(version).only(COLUMNS);
    Optional<TableFile> last = Optional.empty();
    List<TableFile> files = table.files(state.version(), path -> true, last, FILES_AT_ONCE).files();
    while (!files.isEmpty()) {
      for (TableFile file : files) {
        read(state, file);
      }
      last = Optional.of(files.get(files.size() - 1));
      files = table.files(state.version(), path -> true, last, FILES_AT_ONCE).files();
    }
    offsets.forEach((partition, set) -> judge(partition, set, ends.get(partition), dense));
    return findings;
  }

  private void read(TableState state, TableFile file) throws IOException {
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
                  new TopicPartition(name, number.intValue()), absent -> new OffsetSet())
              .add(at.longValue());
        }
      }
    }
  }

  private void judge(TopicPartition partition, OffsetSet set, Long end, boolean dense) {
    String where = table.location() + ", " + partition;
    if (set.duplicates() > 0) {
      findings.add(
          new Finding(
              Kind.DUPLICATE,
              where,
              set.duplicates() + " rows too many, the first at offset " + set.firstDuplicate()));
    }
    if (end != null && set.largest() >= end) {
      findings.add(
          new Finding(
              Kind.BEYOND,
              where,
              set.from(end) + " offsets at or behind " + end + ", where the batches end"));
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
