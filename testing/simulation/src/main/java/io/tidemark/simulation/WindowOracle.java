package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Computes the rows of all windows from the records themselves, one by one. From the logs it takes
 * only the records and the watermark of each batch, and it checks the watermark by computing it
 * again.
 */
final class WindowOracle {

  private final World world;
  private final Aggregation aggregation;
  private final List<String> rows = new ArrayList<>();
  private final Map<TopicPartition, Long> maxMs = new HashMap<>();

  /** Window start and group to sum and count; of sessions the open ones, by group. */
  private final Map<String, long[]> open = new TreeMap<>();

  private final Map<String, List<long[]>> sessions = new TreeMap<>();
  private OptionalLong watermarkMs = OptionalLong.empty();
  private long lateRows;
  private long lateRowsFound;

  WindowOracle(World world) {
    this.world = world;
    this.aggregation = world.windowing.aggregation().orElseThrow();
  }

  /** The rows of all windows that the batches have closed. */
  static List<String> rows(
      World world, Collection<Batch> committed, Map<SegmentId, Segment> segments) {
    WindowOracle oracle = new WindowOracle(world);
    for (Batch batch : committed) {
      oracle.follow(batch, segments);
    }
    // Late records may be counted as duplicates, and the other way round.
    if (oracle.lateRows != oracle.lateRowsFound && !world.windowing.isDistinct()) {
      throw new Violation(
          "late: %d records were late, %d are counted"
              .formatted(oracle.lateRows, oracle.lateRowsFound));
    }
    return oracle.rows;
  }

  private void follow(Batch batch, Map<SegmentId, Segment> segments) {
    OperatorState state = batch.operators().get(Windowing.OPERATOR);
    if (state == null && batch.isStandIn()) {
      // The first plan was void: there is no state yet.
      return;
    }
    for (SegmentId id : batch.accepted()) {
      add(segments.get(id));
    }
    OptionalLong next = state.watermarkMs();
    requireRight(batch.number(), state, next);
    watermarkMs = next;
    if (next.isPresent()) {
      close(next.getAsLong() * 1000);
    }
    lateRowsFound += state.counts().lateRows();
  }

  private void add(Segment segment) {
    Map<String, List<long[]>> pieces = new TreeMap<>();
    segment
        .ranges()
        .forEach(
            (partition, range) -> {
              if (world.windowing.isWindowed(partition.topic())) {
                add(partition, world.history.held(segment, partition), pieces);
              }
            });
    pieces.forEach((group, list) -> list.forEach(piece -> addPiece(group, piece)));
  }

  private void add(TopicPartition partition, List<Long> offsets, Map<String, List<long[]>> pieces) {
    for (long offset : offsets) {
      Windowing.Content content = world.windowing.content(partition, offset);
      maxMs.merge(partition, content.eventMs(), Math::max);
      if (aggregation.window().kind() == WindowSpec.Kind.SESSION) {
        long start = content.eventMs() * 1000;
        merge(
            pieces.computeIfAbsent(content.group(), absent -> new ArrayList<>()),
            new long[] {start, start + aggregation.window().sizeMicros(), content.amount(), 1});
      } else if (!world.windowing.isDistinct()) {
        addToWindows(content);
      }
    }
  }

  private void addToWindows(Windowing.Content content) {
    long micros = content.eventMs() * 1000;
    long size = aggregation.window().sizeMicros();
    long advance = aggregation.window().advanceMicros();
    boolean late = true;
    for (long start = micros - Math.floorMod(micros, advance);
        start > micros - size;
        start -= advance) {
      if (watermarkMs.isEmpty() || start + size > watermarkMs.getAsLong() * 1000) {
        long[] sums =
            open.computeIfAbsent(start + " " + content.group(), absent -> new long[] {0, 0});
        sums[0] += content.amount();
        sums[1]++;
        late = false;
      }
    }
    lateRows += late ? 1 : 0;
  }

  private void addPiece(String group, long[] piece) {
    if (watermarkMs.isPresent() && piece[1] <= watermarkMs.getAsLong() * 1000) {
      lateRows += piece[3];
    } else {
      merge(sessions.computeIfAbsent(group, absent -> new ArrayList<>()), piece);
    }
  }

  /** Start, end, sum and count; pieces that touch become one. */
  private static void merge(List<long[]> pieces, long[] added) {
    long[] merged = added.clone();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (long[] piece : List.copyOf(pieces)) {
        if (piece[0] <= merged[1] && merged[0] <= piece[1]) {
          pieces.remove(piece);
          merged[0] = Math.min(merged[0], piece[0]);
          merged[1] = Math.max(merged[1], piece[1]);
          merged[2] += piece[2];
          merged[3] += piece[3];
          changed = true;
        }
      }
    }
    pieces.add(merged);
  }

  private void close(long upto) {
    long size = aggregation.window().sizeMicros();
    open.entrySet()
        .removeIf(
            entry -> {
              int space = entry.getKey().indexOf(' ');
              long start = Long.parseLong(entry.getKey().substring(0, space));
              if (start + size > upto) {
                return false;
              }
              long[] sums = entry.getValue();
              String group = entry.getKey().substring(space + 1);
              rows.add(Windowing.row(start, start + size, group, sums[0], sums[1]));
              return true;
            });
    sessions.forEach(
        (group, list) ->
            list.removeIf(
                piece -> {
                  if (piece[1] > upto) {
                    return false;
                  }
                  rows.add(Windowing.row(piece[0], piece[1], group, piece[2], piece[3]));
                  return true;
                }));
  }

  /** The watermark follows from the records of the batches alone. */
  private void requireRight(long number, OperatorState state, OptionalLong found) {
    if (found.isEmpty()) {
      if (watermarkMs.isPresent()) {
        throw new Violation("watermark: batch " + number + " has none any more");
      }
      return;
    }
    long expected = found.getAsLong();
    OptionalLong leading = leading(state);
    if (leading.isPresent()) {
      long candidate = leading.getAsLong() - aggregation.watermark().delayMs();
      expected = watermarkMs.isEmpty() ? candidate : Math.max(candidate, watermarkMs.getAsLong());
    } else if (watermarkMs.isPresent()) {
      expected = watermarkMs.getAsLong();
    }
    if (expected != found.getAsLong()) {
      throw new Violation(
          "watermark: batch %d has %d, its records give %d"
              .formatted(number, found.getAsLong(), expected));
    }
  }

  private OptionalLong leading(OperatorState state) {
    if (maxMs.isEmpty()) {
      return OptionalLong.empty();
    }
    long largest = maxMs.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    if (aggregation.watermark().policy() == WatermarkSpec.Policy.MAX) {
      return OptionalLong.of(largest);
    }
    Set<String> topics = new HashSet<>();
    maxMs.keySet().forEach(partition -> topics.add(partition.topic()));
    long smallest = Long.MAX_VALUE;
    for (TopicPartition partition : state.partitions().keySet()) {
      if (topics.contains(partition.topic()) && !state.partitions().get(partition).silent()) {
        Long max = maxMs.get(partition);
        if (max == null) {
          return OptionalLong.empty();
        }
        smallest = Math.min(smallest, max);
      }
    }
    return OptionalLong.of(smallest == Long.MAX_VALUE ? largest : smallest);
  }
}
