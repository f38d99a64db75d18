package io.tidemark.command.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetRowsTest {

  private static final int OFFSETS = 300;

  @Test
  void allowsAsManyRowsOfAnOffsetAsBatchesHavePassedItAndOneOfOthers() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int[] passed = new int[OFFSETS];
      Passes passes = new Passes();
      for (int batch = 0; batch < 6; batch++) {
        int from = random.nextInt(OFFSETS);
        int to = from + random.nextInt(OFFSETS - from);
        passes.add(new OffsetRange(from, to));
        for (int offset = from; offset < to; offset++) {
          passed[offset]++;
        }
      }
      List<Long> rows = new ArrayList<>();
      long tooMany = 0;
      long first = -1;
      for (int offset = 0; offset < OFFSETS; offset++) {
        int wanted = Math.max(1, passed[offset]);
        int there = random.nextInt(20) == 0 ? random.nextInt(9) : random.nextInt(wanted + 1);
        rows.addAll(Collections.nCopies(there, (long) offset));
        if (there > wanted) {
          tooMany += there - wanted;
          first = first < 0 ? offset : first;
        }
      }
      Collections.shuffle(rows, random);
      OffsetRows found = new OffsetRows(passes);
      rows.forEach(found::add);
      assertThat(found.tooMany()).as("seed %d", seed).isEqualTo(tooMany);
      assertThat(found.firstTooMany()).as("seed %d", seed).isEqualTo(first);
      assertThat(found.offsets().size())
          .as("seed %d", seed)
          .isEqualTo(rows.stream().distinct().count());
    }
  }
}
