package io.tidemark.checkpoint.log;

import io.tidemark.common.DataFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What one task sealed at one time. Immutable.
 *
 * @param id unique name
 * @param sealedMs when it was sealed, epoch milliseconds of the task's clock
 * @param ranges the offsets that the files hold, one contiguous range per topic-partition
 * @param tables location to table id of every table that a file belongs to
 * @param files the data files that hold exactly the records of the ranges
 * @param operators its part for each operator, by name; together with the files these are exactly
 *     the records of the ranges
 * @param silentSinceMs idle topic-partitions of the task (no records for longer than an operator's
 *     idle time-out) to the start of the idle time, epoch milliseconds
 * @param provenance where the ranges come from
 */
public record Segment(
    SegmentId id,
    long sealedMs,
    SortedMap<TopicPartition, OffsetRange> ranges,
    SortedMap<String, String> tables,
    List<DataFile> files,
    SortedMap<String, OperatorSegment> operators,
    SortedMap<TopicPartition, Long> silentSinceMs,
    Provenance provenance) {

  public Segment {
    ranges = Offsets.sorted(ranges);
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    files = List.copyOf(files);
    operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
    silentSinceMs = Offsets.sorted(silentSinceMs);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("segment " + id + " without ranges");
    }
    for (DataFile file : files) {
      if (!tables.containsKey(file.table())) {
        throw new IllegalArgumentException("segment " + id + " without id of " + file.table());
      }
    }
  }

  /** A segment of unknown provenance. */
  public Segment(
      SegmentId id,
      long sealedMs,
      SortedMap<TopicPartition, OffsetRange> ranges,
      SortedMap<String, String> tables,
      List<DataFile> files,
      SortedMap<String, OperatorSegment> operators,
      SortedMap<TopicPartition, Long> silentSinceMs) {
    this(id, sealedMs, ranges, tables, files, operators, silentSinceMs, Provenance.NONE);
  }

  /** A segment without operators. */
  public static Segment of(
      SegmentId id,
      long sealedMs,
      Map<TopicPartition, OffsetRange> ranges,
      Map<String, String> tables,
      List<DataFile> files) {
    return new Segment(
        id,
        sealedMs,
        Offsets.sorted(ranges),
        new TreeMap<>(tables),
        files,
        new TreeMap<>(),
        new TreeMap<>(Offsets.ORDER));
  }

  /** Rows of all files. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }
}
