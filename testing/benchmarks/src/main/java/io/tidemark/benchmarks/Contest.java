package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contestants one after the other, round after round, so that a slow hour of the machine hits all
 * of them. In each round each has a fresh process, with one cold and one warm run.
 */
final class Contest {

  private final Arena arena;
  private final Suite suite;
  private final List<Contestant> contestants = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final Map<String, Place> last = new LinkedHashMap<>();
  private final List<String> absences = new ArrayList<>();

  Contest(Arena arena, Suite suite, List<? extends Contestant> all) {
    this.arena = arena;
    this.suite = suite;
    for (Contestant contestant : all) {
      Optional<String> absence = absence(contestant);
      if (absence.isPresent()) {
        String line = "%s is left out: %s.".formatted(contestant.name(), absence.get());
        absences.add(line);
        arena.say(line);
      } else {
        contestants.add(contestant);
      }
    }
  }

  /** Runs all of them as often as asked for. */
  List<Measurement> run(long records) {
    for (int round = 1; round <= arena.options().repeat; round++) {
      for (Contestant contestant : contestants) {
        round(contestant, round, records);
      }
    }
    return measurements;
  }

  /** Those that took part. */
  List<Contestant> contestants() {
    return contestants;
  }

  /** Who did not take part, and why. */
  List<String> absences() {
    return absences;
  }

  /** Where the newest result of a contestant is. */
  Place last(Contestant contestant) {
    return last.get(contestant.name());
  }

  private Optional<String> absence(Contestant contestant) {
    for (String word : arena.options().without) {
      if (contestant.name().contains(word)) {
        return Optional.of("--without " + word + " asks for it");
      }
    }
    return contestant.absence();
  }

  private void round(Contestant contestant, int round, long records) {
    String session = "%s-%d-%d".formatted(suite.word(), contestants.indexOf(contestant) + 1, round);
    try (Contestant.Session process = contestant.start(session)) {
      for (String phase : List.of(Measurement.COLD, Measurement.WARM)) {
        Outcome outcome = process.run(session + "-" + phase);
        Measurement measurement =
            new Measurement(
                suite, contestant.name(), phase, round, records, outcome.usage(), outcome.detail());
        measurements.add(measurement);
        arena.say(
            "%-8s round %d  %-44s %s  %6s CPU-seconds per million"
                .formatted(
                    suite.word(),
                    round,
                    contestant.name(),
                    phase,
                    Spread.number(measurement.cpuSecondsPerMillion())));
        Place old = last.put(contestant.name(), outcome.place());
        if (old != null) {
          remove(old.files());
        }
      }
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("remove", directory, e);
    }
  }
}
