package io.tidemark.command.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffsetSetTest {

  @Test
  void countsAsASetOfNumbersDoes() {
    for (long seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      List<Long> offsets = new ArrayList<>();
      long start = random.nextInt(200_000);
      int holes = random.nextInt(3);
      for (long offset = start; offset < start + 200_000; offset++) {
        if (holes == 0 || random.nextInt(50_000) > holes) {
          offsets.add(offset);
        }
      }
      int doubles = random.nextInt(4);
      for (int i = 0; i < doubles; i++) {
        offsets.add(offsets.get(random.nextInt(offsets.size())));
      }
      Collections.shuffle(offsets, random);
      OffsetSet set = new OffsetSet();
      offsets.forEach(set::add);
      TreeSet<Long> distinct = new TreeSet<>(offsets);
      assertThat(set.size()).as("seed %d", seed).isEqualTo(distinct.size());
      assertThat(set.duplicates()).as("seed %d", seed).isEqualTo(doubles);
      assertThat(set.holes())
          .as("seed %d", seed)
          .isEqualTo(distinct.last() - distinct.first() + 1 - distinct.size());
      long hole = distinct.first();
      while (distinct.contains(hole)) {
        hole++;
      }
      assertThat(set.firstHole()).as("seed %d", seed).isEqualTo(hole);
      assertThat(set.from(start + 70_000))
          .as("seed %d", seed)
          .isEqualTo(distinct.tailSet(start + 70_000).size());
    }
  }
}
