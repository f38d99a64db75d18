package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CompactionTest {

  private static LiveRun run(int number, long bytes) {
    return LiveRun.of(new Run("run" + number, bytes, 0, 1, 0, 0), number);
  }

  private static List<LiveRun> runs(long... bytes) {
    List<LiveRun> runs = new ArrayList<>();
    for (long size : bytes) {
      runs.add(run(runs.size(), size));
    }
    return runs;
  }

  @Property(tries = 200)
  void takesRunsBetweenTheSameTwoPowersOfEight(@ForAll @IntRange(min = 1, max = 19) int power) {
    long least = 1L << (3 * power);
    long most = least * 8 - 1;
    List<LiveRun> same = runs(least, most, least, most, least + 1, most - 1, least, least);
    assertThat(Compaction.pick(same)).isEqualTo(same);
    List<LiveRun> below = runs(least - 1, most, least, most, least, most, least, least);
    assertThat(Compaction.pick(below)).isEmpty();
    List<LiveRun> above = runs(most + 1, most, least, most, least, most, least, least);
    assertThat(Compaction.pick(above)).isEmpty();
  }

  @Test
  void waitsForEightAndTakesNoMoreThanSixtyFourOfTheSmallestOnes() {
    assertThat(Compaction.pick(runs(LongStream.range(0, 7).map(i -> 100).toArray()))).isEmpty();
    List<LiveRun> many = runs(LongStream.range(0, 100).map(i -> 100).toArray());
    assertThat(Compaction.pick(many)).isEqualTo(many.subList(0, 64));
    List<LiveRun> mixed =
        runs(LongStream.range(0, 32).map(i -> i % 2 == 0 ? 1_000_000 : 100).toArray());
    assertThat(Compaction.pick(mixed))
        .hasSize(16)
        .allMatch(live -> live.run().bytes() == 100)
        .isSortedAccordingTo((a, b) -> Long.compare(a.batch(), b.batch()));
  }

  @Property(tries = 10)
  void rewritesEachByteOncePerTier(@ForAll long seed) {
    Random random = new Random(seed);
    List<LiveRun> live = new ArrayList<>();
    long brought = 0;
    long written = 0;
    for (int batch = 0; batch < 2_000; batch++) {
      long bytes = 1_000L + random.nextInt(1_000);
      brought += bytes;
      live.add(run(batch, bytes));
      List<LiveRun> picked = Compaction.pick(live);
      if (!picked.isEmpty()) {
        long merged = picked.stream().mapToLong(any -> any.run().bytes()).sum();
        written += merged;
        live.removeAll(picked);
        live.add(run(batch + 10_000, merged));
      }
      assertThat(live).hasSizeLessThan(7 * 8);
    }
    // 2,000 runs are in 4 tiers at most: 8, 64, 512.
    assertThat(written).isLessThan(4 * brought);
  }
}
