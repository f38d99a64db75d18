package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cluster.ConnectWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch leaves in the worker's log. */
class BatchLogIT {

  private static final String COMMITTED = "Committed batch ";

  private final Cluster cluster = Cluster.shared();

  @Test
  void isOneLineOfOursWithConnectorAndTask() throws IOException {
    Path table = cluster.fresh("lines").resolve("table");
    cluster.topics.create("lines", 1);
    cluster.rest().put("lines", cluster.sink("lines", table));
    for (int id = 0; id < 4; id++) {
      cluster.records.send("lines", null, "{\"id\":%d}".formatted(id));
      cluster.records.flush();
      cluster.awaitCommitted("lines", "lines");
    }
    cluster.stop("lines");

    List<String> ours = new ArrayList<>();
    for (ConnectWorker worker : cluster.workers) {
      for (String line : Files.readAllLines(worker.log())) {
        if (line.contains(" INFO ") && line.contains("[tidemark-driver-lines-0] i.t.")) {
          ours.add(line);
        }
      }
    }
    assertThat(ours).allMatch(line -> line.contains("[lines|task-0] "));
    assertThat(ours.stream().filter(line -> line.contains(COMMITTED))).hasSizeGreaterThan(2);
    int first =
        ours.indexOf(
            ours.stream().filter(line -> line.contains(COMMITTED)).findFirst().orElseThrow());
    assertThat(ours.subList(first, ours.size()))
        .as("beside a line for each batch there is none")
        .allMatch(line -> line.contains(COMMITTED));
    cluster.rest().delete("lines");
  }
}
