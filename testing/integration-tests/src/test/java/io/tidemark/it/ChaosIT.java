package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.chaos.ChaosRun;
import io.tidemark.chaos.Disturbance;
import io.tidemark.chaos.Disturbances;
import io.tidemark.chaos.Report;
import io.tidemark.chaos.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./chaos}: each of a few kinds of event once, three workers. */
class ChaosIT {

  private static final long SEED = Long.getLong("tidemark.chaos.seed", 20_261);
  private static final int WORKERS = 3;
  private static final int RECORDS_PER_SECOND = 500;
  private static final List<Disturbance> KINDS =
      List.of(
          Disturbances.KILL_WORKER,
          Disturbances.SUSPEND_WORKER,
          Disturbances.KILL_BROKER,
          Disturbances.RESTART_CONNECTOR,
          Disturbances.CHANGE_TASKS,
          Disturbances.ADD_PARTITION,
          Disturbances.INSERT);

  @Test
  void landsEveryRecordWindowAndDeadLetterInAShortStorm() throws IOException, InterruptedException {
    Path directory =
        Files.createTempDirectory(
            Files.createDirectories(Path.of(System.getProperty("tidemark.it.directory"))),
            "chaos-");
    Setup setup =
        new Setup(
            directory,
            Path.of(System.getProperty("tidemark.plugin.zip")),
            SEED,
            WORKERS,
            "256m",
            RECORDS_PER_SECOND,
            false);

    Report report = new ChaosRun(setup, System.out).once(KINDS);

    report.lines().forEach(System.out::println);
    assertThat(report.events()).containsOnlyKeys(KINDS);
    assertThat(report.poison()).isPositive();
    assertThat(report.windows()).isPositive();
    assertThat(report.findings().values()).isNotEmpty().containsOnly(0L);
    assertThat(report.unexplained()).isEmpty();
  }
}
