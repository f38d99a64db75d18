package io.tidemark.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevenueVerdictTest {

  private static final RevenueRow LAMPS = row("lamp", 300, 10);
  private static final RevenueRow CHAIRS = row("chair", 500, 5);

  @Test
  void isExactWithOneEqualRowPerWindowAndProduct() {
    RevenueVerdict verdict = of(CHAIRS, LAMPS);
    assertThat(verdict.rows()).isEqualTo(2);
    assertThat(verdict.isExact()).isTrue();
  }

  @Test
  void tellsAMissingRow() {
    assertNot(of(LAMPS), 1, 0, 0);
  }

  @Test
  void tellsARowThatIsThereTwice() {
    assertNot(of(LAMPS, CHAIRS, LAMPS), 0, 1, 0);
  }

  @Test
  void tellsWrongRevenueCountAndEnd() {
    assertNot(of(LAMPS, row("chair", 501, 5)), 0, 0, 1);
    assertNot(of(LAMPS, row("chair", 500, 4)), 0, 0, 1);
    RevenueRow tooLong =
        new RevenueRow(CHAIRS.start(), CHAIRS.end().plusSeconds(1), "chair", 500, 5);
    assertNot(of(LAMPS, tooLong), 0, 0, 1);
  }

  @Test
  void tellsARowThatShouldNotBeThere() {
    assertNot(of(LAMPS, CHAIRS, row("teapot", 1, 1)), 0, 0, 1);
  }

  @Test
  void tellsAWindowThatWasWrittenInTwoHalves() {
    assertNot(of(LAMPS, row("chair", 200, 2), row("chair", 300, 3)), 0, 1, 2);
  }

  @Test
  void showsTheFirstAndTheLastRowsInOrder() {
    List<RevenueRow> rows = new ArrayList<>();
    for (int i = 20; i > 0; i--) {
      rows.add(row("p%02d".formatted(i), i, 1));
    }
    List<String> lines = RevenueSample.lines(rows);
    assertThat(lines).hasSize(1 + 4 + 1 + 4);
    assertThat(lines.get(1))
        .isEqualTo("2025-01-01 08:00  08:05  p01                   1               1");
    assertThat(lines.get(5)).isEqualTo("...");
    assertThat(lines.get(9)).contains("p20");
  }

  private static void assertNot(RevenueVerdict verdict, long missing, long doubled, long wrong) {
    assertThat(verdict.missing()).isEqualTo(missing);
    assertThat(verdict.doubled()).isEqualTo(doubled);
    assertThat(verdict.wrong()).isEqualTo(wrong);
    assertThat(verdict.isExact()).isFalse();
  }

  private static RevenueVerdict of(RevenueRow... rows) {
    RevenueVerdict verdict = new RevenueVerdict(Map.of(LAMPS.key(), LAMPS, CHAIRS.key(), CHAIRS));
    List.of(rows).forEach(verdict);
    return verdict;
  }

  private static RevenueRow row(String product, long revenue, long count) {
    Instant start = Instant.parse("2025-01-01T08:00:00Z");
    return new RevenueRow(start, start.plusSeconds(300), product, revenue, count);
  }
}
