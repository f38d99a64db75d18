package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.Slices;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Merges runs of windows into one, so that closing a window reads few runs. Size-tiered: runs of
 * similar size are merged when there are enough of them, so a partial is rewritten once per tier.
 */
public final class Compaction {

  /** The number of runs of a tier that are merged, and the maximum ratio of sizes between tiers. */
  static final int FACTOR = 8;

  private static final int FACTOR_BITS = 3;
  private static final int MOST_RUNS = 64;
  private static final byte[] BEGINNING = {};

  private final Operator operator;

  /** Null for a deduplication, which has none. */
  private final Slices slices;

  private final Accumulators.Group group;
  private final ByteReader value = new ByteReader();
  private final ByteWriter bytes = new ByteWriter(64);

  public Compaction(Operator operator) {
    this.operator = operator;
    this.slices = operator.isDistinct() ? null : operator.slices();
    this.group = operator.layout().group();
  }

  /** The runs to merge next, in their order; empty when merging is not worthwhile. */
  public static List<LiveRun> pick(List<LiveRun> runs) {
    SortedMap<Integer, List<LiveRun>> tiers = new TreeMap<>();
    for (LiveRun live : runs) {
      int tier = (Long.SIZE - 1 - Long.numberOfLeadingZeros(live.run().bytes())) / FACTOR_BITS;
      tiers.computeIfAbsent(tier, absent -> new ArrayList<>()).add(live);
    }
    return tiers.values().stream()
        .filter(tier -> tier.size() >= FACTOR)
        .findFirst()
        .map(tier -> List.copyOf(tier.subList(0, Math.min(MOST_RUNS, tier.size()))))
        .orElse(List.of());
  }

  /**
   * The live runs once the sources of a merged run need not be kept: the merged run, or its sources
   * if its file is damaged or missing. The sources are then the only remaining copy.
   *
   * @param batch the first batch in which they are live
   */
  public List<LiveRun> settle(LiveRun live, long batch) throws IOException {
    return RunReaders.isSound(operator.runs(), live.run())
        ? List.of(LiveRun.of(live.run(), live.batch()))
        : live.builtFrom().stream().map(run -> LiveRun.of(run, batch)).toList();
  }

  /**
   * Merges runs into one.
   *
   * @param closedMicros slices are left out if all their windows end at or before this time
   * @param name a new name, for the merged run
   * @return the merged run; empty when nothing is left
   */
  public Optional<Run> merge(List<LiveRun> runs, long closedMicros, String name)
      throws IOException {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    try (MergingReader merging = new MergingReader(RunReaders.openAll(operator.runs(), runs));
        RunWriter target = operator.runs().create(name)) {
      merging.seek(BEGINNING);
      if (operator.isDistinct()) {
        return mergeKeys(merging, closedMicros, target);
      }
      while (merging.nextKey()) {
        long slice = WindowFold.readTime(merging.key());
        if (slices.lastEnd(slice) > closedMicros) {
          min = Math.min(min, slice);
          max = Math.max(max, slice);
          merge(merging);
          target.add(merging.key(), 0, merging.keyLength(), bytes.array(), 0, bytes.length());
        }
      }
      if (max < min) {
        return Optional.empty();
      }
      RunFile file = target.finish();
      return Optional.of(new Run(file.file(), file.bytes(), file.crc(), file.entries(), min, max));
    }
  }

  /** Of each key its largest event time. Keys that are no longer in the state are left out. */
  private Optional<Run> mergeKeys(MergingReader merging, long watermarkMicros, RunWriter target)
      throws IOException {
    long delayMs = operator.aggregation().watermark().delayMs();
    long watermarkMs = watermarkMicros == Long.MIN_VALUE ? Long.MIN_VALUE : watermarkMicros / 1000;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    while (merging.nextKey()) {
      long ms = Long.MIN_VALUE;
      while (merging.nextValue()) {
        ms = Math.max(ms, value.reset(merging.value(), 0, merging.valueLength()).readSigned());
      }
      if (ms > DistinctRows.overMs(watermarkMs, delayMs)) {
        bytes.truncate(0);
        bytes.writeSigned(ms);
        target.add(merging.key(), 0, merging.keyLength(), bytes.array(), 0, bytes.length());
        min = Math.min(min, ms);
        max = Math.max(max, ms);
      }
    }
    return DistinctRows.finish(target, min, max);
  }

  /** A single value is copied as it is. */
  private void merge(MergingReader merging) throws IOException {
    bytes.truncate(0);
    merging.nextValue();
    bytes.writeRaw(merging.value(), 0, merging.valueLength());
    if (merging.nextValue()) {
      group.clear();
      group.merge(value.reset(bytes.array(), 0, bytes.length()));
      do {
        group.merge(value.reset(merging.value(), 0, merging.valueLength()));
      } while (merging.nextValue());
      bytes.truncate(0);
      group.write(bytes);
    }
  }
}
