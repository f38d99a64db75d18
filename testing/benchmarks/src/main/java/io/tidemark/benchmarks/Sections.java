package io.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Measurements of a contest as table and chart: a line for each contestant, cold beside warm. */
final class Sections {

  private static final String UNIT = "CPU-seconds per million records, less is better";
  private static final List<String> HEADER =
      List.of(
          "contestant",
          "cold, CPU-seconds per million",
          "warm, CPU-seconds per million",
          "warm, records a second",
          "peak memory, MB",
          "remark");

  private Sections() {}

  /** The section of a suite whose measurements are all cold or warm. */
  static Section of(
      Suite suite,
      String title,
      String text,
      Contest contest,
      List<Measurement> all,
      List<String> unfair) {
    List<List<String>> rows = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Contestant contestant : contest.contestants()) {
      Figures figures = new Figures(all, contestant.name());
      rows.add(
          List.of(
              contestant.name(),
              figures.of(Measurement.COLD, Measurement::cpuSecondsPerMillion).text(),
              figures.of(Measurement.WARM, Measurement::cpuSecondsPerMillion).text(),
              figures.of(Measurement.WARM, Measurement::recordsPerSecond).text(),
              figures.of(Measurement.WARM, m -> m.usage().peakBytes() / 1e6).text(),
              figures.detail()));
      for (String phase : List.of(Measurement.COLD, Measurement.WARM)) {
        bars.add(
            new Bar(
                contestant.name() + ", " + phase,
                figures.of(phase, Measurement::cpuSecondsPerMillion),
                contestant.name().startsWith("Tidemark")));
      }
      notes.add(contestant.name() + ": " + contestant.note());
    }
    notes.addAll(contest.absences());
    return new Section(
        suite.word(), title, text, HEADER, rows, new BarChart(title, UNIT, bars), notes, unfair);
  }

  /** The measurements of one contestant. */
  private record Figures(List<Measurement> all, String contestant) {

    Spread of(String phase, ToDoubleFunction<Measurement> figure) {
      return Spread.of(
          all.stream()
              .filter(m -> m.contestant().equals(contestant) && m.phase().equals(phase))
              .map(figure::applyAsDouble)
              .toList());
    }

    /** That of the newest run. */
    String detail() {
      return all.stream()
          .filter(m -> m.contestant().equals(contestant))
          .reduce((older, newer) -> newer)
          .map(Measurement::detail)
          .orElse("");
    }
  }
}
