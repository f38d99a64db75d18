package io.tidemark.windows.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fake.MemoryStorage;
import io.tidemark.windows.function.AggregateFunctions;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoldTest {

  private enum Kind {
    WINDOWS,
    SESSIONS;

    private Fold fold(String... functions) {
      Accumulators layout =
          new Accumulators(
              List.of(functions).stream()
                  .map(name -> AggregateFunctions.of(name, List.of()))
                  .toList());
      return this == WINDOWS
          ? new WindowFold(new Slices(WindowSpec.tumbling(1_000)), layout)
          : new SessionWindowFold(1_000, layout);
    }
  }

  private final Occurrence at = new Occurrence();
  private final ByteWriter key = new ByteWriter(16);

  private void add(Fold fold, long micros, Object group, Object... arguments) {
    key.truncate(0);
    GroupKey.write(group, key);
    at.eventMicros = micros;
    at.offset++;
    fold.add(key.array(), key.length(), arguments, at);
  }

  @ParameterizedTest
  @EnumSource
  void isAsLargeAsWhatIsInIt(Kind kind) {
    Fold fold = kind.fold("sum");
    assertThat(fold.isEmpty()).isTrue();
    assertThat(fold.bytes()).isZero();
    add(fold, 0, 1L, 1L);
    long one = fold.bytes();
    assertThat(one).isBetween(40L, 400L);
    add(fold, 1, 1L, 1L);
    assertThat(fold.bytes()).isEqualTo(one);
    for (long group = 1; group <= 10_000; group++) {
      add(fold, 0, group, 1L);
    }
    assertThat(fold.bytes()).isEqualTo(one * 10_000);
    fold.clear();
    assertThat(fold.isEmpty()).isTrue();
    assertThat(fold.bytes()).isZero();
    // Room that was kept for groups must not look like groups: a full fold is written as a run.
    add(fold, 0, 1L, 1L);
    assertThat(fold.bytes()).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource
  void growsWithTheTextsThatItHolds(Kind kind) {
    for (String function : List.of("min", "max", "first", "last", "collect_set")) {
      Fold fold = kind.fold(function);
      add(fold, 500, 1L, "m");
      long small = fold.bytes();
      add(fold, 400, 1L, "b" + "b".repeat(100_000));
      add(fold, 600, 1L, "z" + "z".repeat(100_000));
      assertThat(fold.bytes()).as(function).isGreaterThan(small + 99_000);
      add(fold, 300, 1L, "a");
      add(fold, 700, 1L, "zzzzzz" + "zz".repeat(100_000));
      if (function.equals("min") || function.equals("first")) {
        assertThat(fold.bytes()).as(function).isEqualTo(small);
      }
    }
  }

  @Test
  void doesNotGrowWithRecordsThatJoinASession() {
    Fold fold = Kind.SESSIONS.fold("sum");
    add(fold, 0, 1L, 1L);
    long one = fold.bytes();
    for (int round = 0; round < 1_000; round++) {
      // Each second record joins two sessions to one.
      add(fold, round * 2_000L + 2_000, 1L, 1L);
      add(fold, round * 2_000L + 1_000, 1L, 1L);
    }
    assertThat(fold.bytes()).isEqualTo(one);
  }

  @Property(tries = 20)
  void writesKeysInOrderAndBoundsThatHold(@ForAll Kind kind, @ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Fold fold = kind.fold("count");
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < 3_000; i++) {
      long micros = random.nextInt(2_000_000) - 1_000_000L;
      add(fold, micros, "g" + random.nextInt(50), true);
      least = Math.min(least, micros);
      most = Math.max(most, micros);
    }
    // The store refuses keys that are out of order.
    PlainRunStore store = new PlainRunStore(new MemoryStorage(), "state");
    try (RunWriter writer = store.create("run")) {
      Run run = fold.write(writer);
      if (kind == Kind.WINDOWS) {
        assertThat(run.minMicros()).isEqualTo(Math.floorDiv(least, 1_000L) * 1_000);
        assertThat(run.maxMicros()).isEqualTo(Math.floorDiv(most, 1_000L) * 1_000);
      } else {
        assertThat(run.minMicros()).isBetween(least + 1_000, most + 1_000);
        assertThat(run.maxMicros()).isEqualTo(most + 1_000);
      }
    }
  }
}
