package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void takesTheMiddleOfAnOddNumberWhateverTheOrder() {
    assertThat(Spread.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Spread(5, 1, 9, 3));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Spread.of(List.of(8.0, 1.0, 4.0, 5.0))).isEqualTo(new Spread(4.5, 1, 8, 4));
  }

  @Test
  void refusesToMakeAMedianOfNothing() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsTheRangeOnlyWhenThereIsOne() {
    assertThat(Spread.of(List.of(5.61)).text()).isEqualTo("5.61");
    assertThat(Spread.of(List.of(5.61, 123456.0, 12.34)).text())
        .isEqualTo("12.3 (5.61 to 123,456)");
  }

  @Test
  void findsPercentilesByTheNearestRank() {
    List<Long> figures = LongStream.rangeClosed(1, 200).map(i -> 201 - i).boxed().toList();

    assertThat(Spread.percentile(figures, 0)).isEqualTo(1);
    assertThat(Spread.percentile(figures, 0.5)).isEqualTo(100);
    assertThat(Spread.percentile(figures, 0.99)).isEqualTo(198);
    assertThat(Spread.percentile(figures, 1)).isEqualTo(200);
    assertThat(Spread.percentile(List.of(30L, 10L, 20L), 0.5)).isEqualTo(20);
  }

  @Test
  void scalesCpuTimeToAMillionRecords() {
    assertThat(new Usage(3, 10, 0).cpuSecondsPerMillion(500_000)).isEqualTo(6);
  }
}
