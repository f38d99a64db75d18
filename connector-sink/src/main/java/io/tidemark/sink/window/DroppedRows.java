package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.common.DataFile;
import io.tidemark.sink.file.RecordWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of a batch's data files that are dropped, and what takes the place of these files. */
final class DroppedRows {

  /** The rows of each file, one bit each. */
  private final Map<DataFile, BitSet> rows = new LinkedHashMap<>();

  private Segment lastSegment;
  private int lastFile;
  private BitSet lastRows;

  /** Drops a row of a file of a segment. */
  @SuppressWarnings("ReferenceEquality") // saves a look-up when it is the same one again
  void add(Segment segment, int file, long position) {
    if (segment != lastSegment || file != lastFile) {
      lastSegment = segment;
      lastFile = file;
      lastRows = rows.computeIfAbsent(segment.files().get(file), absent -> new BitSet());
    }
    lastRows.set(Math.toIntExact(position));
  }

  /**
   * Writes the files again without these rows. A file of which no row is left is not replaced by
   * another.
   *
   * @return the files whose place is taken
   */
  List<DataFile> replace(RecordWriter target) throws IOException {
    List<DataFile> replaced = new ArrayList<>();
    for (Map.Entry<DataFile, BitSet> file : rows.entrySet()) {
      if (!isEmptied(file.getKey())) {
        target.copy(file.getKey(), file.getValue());
      }
      replaced.add(file.getKey());
    }
    return replaced;
  }

  /**
   * The tables that the batch writes to besides those of its results. A table of which no row is
   * left gets no version, and must not be expected to have the batch (invariant H).
   *
   * @param outlined as if nothing were dropped
   */
  WrittenTables written(Batch committed, Collection<Segment> segments, WrittenTables outlined) {
    if (rows.isEmpty()) {
      return outlined;
    }
    Set<String> left = new HashSet<>();
    Set<String> lost = new HashSet<>();
    for (Segment segment : segments) {
      for (DataFile file : segment.files()) {
        (isEmptied(file) ? lost : left).add(file.table());
      }
    }
    lost.removeAll(left);
    SortedMap<String, Long> batches = new TreeMap<>(outlined.batches());
    SortedMap<String, String> ids = new TreeMap<>(outlined.ids());
    for (String table : lost) {
      batches.remove(table);
      if (committed.writes().containsKey(table)) {
        batches.put(table, committed.writes().get(table));
      } else if (!committed.tables().containsKey(table)) {
        ids.remove(table);
      }
    }
    return new WrittenTables(ids, batches);
  }

  private boolean isEmptied(DataFile file) {
    BitSet dropped = rows.get(file);
    return dropped != null && dropped.cardinality() == file.rows();
  }
}
