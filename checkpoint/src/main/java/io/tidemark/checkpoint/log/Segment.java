package io.tidemark.checkpoint.log;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What one task sealed at one cut. Immutable.
 *
 * @param id unique name
 * @param sealedMs when it was sealed, epoch milliseconds of the task's clock
 * @param ranges the offsets that the files hold, one contiguous range per topic-partition
 * @param tables location to table id of every table that a file belongs to
 * @param files the data files that hold exactly the records of the ranges
 */
public record Segment(
    SegmentId id,
    long sealedMs,
    SortedMap<TopicPartition, OffsetRange> ranges,
    SortedMap<String, String> tables,
    List<DataFile> files) {

  public Segment {
    ranges = Offsets.sorted(ranges);
    tables = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    files = List.copyOf(files);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("segment " + id + " without ranges");
    }
    for (DataFile file : files) {
      if (!tables.containsKey(file.table())) {
        throw new IllegalArgumentException("segment " + id + " without id of " + file.table());
      }
    }
  }

  /** Convenience for maps without order. */
  public static Segment of(
      SegmentId id,
      long sealedMs,
      Map<TopicPartition, OffsetRange> ranges,
      Map<String, String> tables,
      List<DataFile> files) {
    return new Segment(id, sealedMs, Offsets.sorted(ranges), new TreeMap<>(tables), files);
  }

  /** Rows of all files. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }
}
