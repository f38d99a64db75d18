package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.EventProgress;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WatermarkSpec.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {

  private static final OptionalLong NONE = OptionalLong.empty();

  /**
   * Partitions in a word each: topic and number, then the largest event time or nothing, then ! if
   * it is silent.
   */
  private static Map<TopicPartition, EventProgress> partitions(String words) {
    Map<TopicPartition, EventProgress> partitions = new HashMap<>();
    for (String word : words.split(" ", -1)) {
      if (!word.isEmpty()) {
        String[] parts = word.replace("!", "").split(":", -1);
        partitions.put(
            new TopicPartition(parts[0].substring(0, 1), Integer.parseInt(parts[0].substring(1))),
            new EventProgress(
                parts.length > 1 ? OptionalLong.of(Long.parseLong(parts[1])) : NONE,
                word.endsWith("!")));
      }
    }
    return partitions;
  }

  private static OptionalLong next(Policy policy, OptionalLong before, String words) {
    return Watermark.next(
        new WatermarkSpec(10, policy, 1_000, 86_400_000), before, partitions(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the slowest leads under min              | a0:100 a1:70 b0:90    | 60   | 90
          it may be before 1970                    | a0:-100 a1:5          | -110 | -5
          nothing was shown                        | a0 a1 b0!             |      |
          there is nothing                         | ''                    |      |
          one that has shown nothing holds         | a0:100 a1             |      | 90
          unless it is silent                      | a0:100 a1!            | 90   | 90
          a topic that never showed any is none    | a0:100 b0 b1          | 90   | 90
          a silent one does not hold               | a0:100 a1:20!         | 90   | 90
          a silent one does not lead by itself     | a0:20 a1:100!         | 10   | 90
          with all silent the largest leads        | a0:20! a1:100!        | 90   | 90
          so it does if one never showed any       | a0:20! a1!            | 10   | 10
          silence of one topic does not hold       | a0:100! a1:20! b0:70  | 60   | 90
          """)
  void followsThePartitionThatThePolicySays(
      String what, String partitions, Long underMin, Long underMax) {
    assertThat(next(Policy.MIN, NONE, partitions)).as(what).isEqualTo(optional(underMin));
    assertThat(next(Policy.MAX, NONE, partitions)).as(what).isEqualTo(optional(underMax));
  }

  private static OptionalLong optional(Long number) {
    return number == null ? NONE : OptionalLong.of(number);
  }

  @Test
  void staysWhereItIsWhenAPartitionAppears() {
    OptionalLong before = OptionalLong.of(80);
    assertThat(next(Policy.MIN, before, "a0:100 a1")).isEqualTo(before);
    assertThat(next(Policy.MIN, before, "a0:200 a1:5")).isEqualTo(before);
    assertThat(next(Policy.MIN, before, "a0:200 a1:150")).hasValue(140);
  }

  @Property(tries = 1000)
  void neverGoesBack(
      @ForAll Policy policy, @ForAll int before, @ForAll short[] times, @ForAll boolean[] silent) {
    Map<TopicPartition, EventProgress> partitions = new HashMap<>();
    for (int i = 0; i < times.length; i++) {
      partitions.put(
          new TopicPartition("t" + i % 3, i),
          new EventProgress(
              times[i] % 5 == 0 ? NONE : OptionalLong.of(times[i]),
              i < silent.length && silent[i]));
    }
    OptionalLong next =
        Watermark.next(
            new WatermarkSpec(10, policy, 1_000, 0), OptionalLong.of(before), partitions);
    assertThat(next.getAsLong()).isGreaterThanOrEqualTo(before);
  }
}
