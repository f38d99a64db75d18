package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.checkpoint.log.EventProgress;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.Aggregates;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.EventTime;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.Provider;
import io.tidemark.windows.run.RunMissingException;
import io.tidemark.windows.run.RunStore;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** State that is damaged on disk is read from what it was built from, or stops everything. */
class DamagedRunTest {

  private static final long MINUTE_MICROS = 60_000_000;
  private static final int SOURCES = 8;
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  @TempDir private Path directory;

  private final List<String> rows = new ArrayList<>();

  /** What became of a file. */
  private enum Damage {
    BIT_FLIPPED {
      @Override
      byte[] of(byte[] content) {
        content[content.length / 2] ^= 16;
        return content;
      }
    },
    TRUNCATED {
      @Override
      byte[] of(byte[] content) {
        return Arrays.copyOf(content, content.length - 3);
      }
    },
    DELETED {
      @Override
      byte[] of(byte[] content) {
        return new byte[0];
      }
    };

    abstract byte[] of(byte[] content);

    void strike(Path file) throws IOException {
      byte[] damaged = of(Files.readAllBytes(file));
      Files.delete(file);
      if (damaged.length > 0) {
        Files.write(file, damaged);
      }
    }
  }

  static Stream<Arguments> cases() {
    return Stream.of(Provider.values())
        .flatMap(provider -> Stream.of(Damage.values()).map(damage -> arguments(provider, damage)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsTheSourcesOfADamagedMergedRunInItsPlace(Provider provider, Damage damage)
      throws IOException {
    for (WindowSpec window :
        List.of(
            WindowSpec.tumbling(MINUTE_MICROS),
            WindowSpec.hopping(3 * MINUTE_MICROS, 2 * MINUTE_MICROS))) {
      Operator operator = operator(provider, window);
      LiveRun merged = merged(operator);
      close(operator, merged.builtFrom().stream().map(run -> LiveRun.of(run, 1)).toList());
      List<String> expected = List.copyOf(rows);
      assertThat(expected).hasSizeGreaterThan(SOURCES);
      close(operator, List.of(merged));
      assertThat(rows).as("undamaged").isEqualTo(expected);
      damage.strike(file(merged.run()));
      close(operator, List.of(merged));
      assertThat(rows).isEqualTo(expected);
      for (Run source : merged.builtFrom()) {
        operator.runs().delete(source.file());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mergesTheSourcesOfADamagedMergedRunInItsPlace(Provider provider, Damage damage)
      throws IOException {
    Operator operator = operator(provider, WindowSpec.tumbling(MINUTE_MICROS));
    LiveRun merged = merged(operator);
    close(operator, List.of(merged));
    List<String> expected = List.copyOf(rows);
    damage.strike(file(merged.run()));
    Run again =
        new Compaction(operator).merge(List.of(merged), Long.MIN_VALUE, "again").orElseThrow();
    close(operator, List.of(LiveRun.of(again, 3)));
    assertThat(rows).isEqualTo(expected).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keepsTheSourcesOfADamagedMergedRunWhenTheyWereToBeGivenUp(Provider provider, Damage damage)
      throws IOException {
    Operator operator = operator(provider, WindowSpec.tumbling(MINUTE_MICROS));
    LiveRun merged = merged(operator);
    Compaction compaction = new Compaction(operator);
    assertThat(compaction.settle(merged, 9)).containsExactly(LiveRun.of(merged.run(), 2));
    damage.strike(file(merged.run()));
    assertThat(compaction.settle(merged, 9))
        .isEqualTo(merged.builtFrom().stream().map(run -> LiveRun.of(run, 9)).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void failsNamingADamagedRunThatNothingStandsInForAndClosesNothing(
      Provider provider, Damage damage) throws IOException {
    for (WindowSpec window :
        List.of(WindowSpec.tumbling(MINUTE_MICROS), WindowSpec.session(MINUTE_MICROS / 4))) {
      Operator operator = operator(provider, window);
      List<LiveRun> sound =
          List.of(LiveRun.of(run(operator, 0), 1), LiveRun.of(run(operator, 1), 1));
      close(operator, sound);
      assertThat(rows).as("undamaged").isNotEmpty();
      Run last = sound.get(1).run();
      damage.strike(file(last));
      assertFails(damage, last, () -> close(operator, sound));
      assertThat(rows).isEmpty();
      operator.runs().delete(last.file());
      operator.runs().delete(sound.get(0).run().file());
    }
  }

  /** One of many sources is enough: half of the state must not pass for all of it. */
  @ParameterizedTest
  @EnumSource
  void failsNamingADamagedSourceOfADamagedMergedRun(Provider provider) throws IOException {
    Operator operator = operator(provider, WindowSpec.tumbling(MINUTE_MICROS));
    LiveRun merged = merged(operator);
    Run source = merged.builtFrom().get(SOURCES / 2);
    Damage.BIT_FLIPPED.strike(file(merged.run()));
    Damage.TRUNCATED.strike(file(source));
    assertFails(Damage.TRUNCATED, source, () -> close(operator, List.of(merged)));
    assertThat(rows).isEmpty();
  }

  private void assertFails(Damage damage, Run run, ThrowingCallable closing) {
    if (damage == Damage.DELETED) {
      // The driver looks whether another one has continued, and fails naming the file if not.
      assertThatThrownBy(closing)
          .isInstanceOf(RunMissingException.class)
          .hasMessageContaining(run.file());
    } else {
      assertThatThrownBy(closing)
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("TM-431")
          .hasMessageContaining(run.file());
    }
  }

  private Path file(Run run) {
    return directory.resolve("state/op").resolve(run.file());
  }

  private Operator operator(Provider provider, WindowSpec window) {
    RunStore runs = provider.open(directory);
    return new Operator(
        new Aggregation(
            "op",
            new EventTime(Optional.of(FieldRef.parse("t")), EventTime.Format.MILLIS),
            window,
            "window",
            List.of(new GroupField("g", FieldRef.parse("g"))),
            Aggregates.parse("total=sum(x), n=count(*)"),
            Optional.empty(),
            new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, Long.MAX_VALUE / 4),
            "results",
            false,
            false,
            0,
            provider == Provider.MEMORY),
        runs);
  }

  private static LiveRun merged(Operator operator) throws IOException {
    List<Run> sources = new ArrayList<>();
    for (int number = 0; number < SOURCES; number++) {
      sources.add(run(operator, number));
    }
    List<LiveRun> live = sources.stream().map(run -> LiveRun.of(run, 1)).toList();
    String name = "merged-" + operator.aggregation().window().kind();
    Run run = new Compaction(operator).merge(live, Long.MIN_VALUE, name).orElseThrow();
    return new LiveRun(run, 2, sources);
  }

  /** Records of three groups over two windows, of which the run before has the first one too. */
  private static Run run(Operator operator, int number) throws IOException {
    Fold fold = operator.fold();
    for (int record = 0; record < 12; record++) {
      ByteWriter key = new ByteWriter(16);
      GroupKey.write("g" + record % 3, key);
      Occurrence occurrence = new Occurrence();
      occurrence.eventMicros = number * MINUTE_MICROS + record * MINUTE_MICROS / 6;
      occurrence.offset = number * 12L + record;
      fold.add(key.array(), key.length(), new Object[] {record + 1L, true}, occurrence);
    }
    try (RunWriter writer = operator.runs().create("source-" + number)) {
      return fold.write(writer);
    }
  }

  /** A batch whose watermark passes everything. */
  private void close(Operator operator, List<LiveRun> live) throws IOException {
    rows.clear();
    OperatorState before =
        new OperatorState(
            operator.definition(),
            OptionalLong.empty(),
            Offsets.sorted(Map.of(PARTITION, EventProgress.NONE.seen(Integer.MAX_VALUE))),
            new TreeMap<>(Map.of("g", "string", "x", "long")),
            live,
            OperatorState.Counts.NONE);
    OperatorState after =
        new OperatorStep(operator, row -> rows.add(text(row.value())))
            .next(before, 3, List.of(), List.of(PARTITION), true, () -> "open");
    assertThat(after.runs()).isEmpty();
  }

  private static String text(Struct row) {
    Struct window = row.getStruct("window");
    return "%d-%d %s: %d of %d"
        .formatted(
            window.getInt64("start"),
            window.getInt64("end"),
            row.getString("g"),
            row.getInt64("total"),
            row.getInt64("n"));
  }
}
