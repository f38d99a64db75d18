package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operator on call does: restarts failed tasks, and workers that have died by themselves. A
 * failure that the last event does not explain is kept for the report.
 */
final class OnCall {

  private static final Patience RESTART = Patience.ofSeconds(60);

  private final Scene scene;
  private final Diary diary;
  private final List<String> unexplained = new ArrayList<>();
  private int restarts;

  OnCall(Scene scene, Diary diary) {
    this.scene = scene;
    this.diary = diary;
  }

  /** Task restarts so far. */
  int restarts() {
    return restarts;
  }

  /** Failures that no event explains, each in a line. */
  List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  /**
   * Checks everything once.
   *
   * @param explained whether tasks had a reason to fail
   */
  void look(boolean explained) {
    for (ConnectWorker worker : scene.workers) {
      if (!worker.process().alive()) {
        note("worker " + scene.workers.indexOf(worker) + " died by itself");
        Start.patiently(worker::start);
      }
    }
    scene.sinks.forEach(sink -> look(sink, explained));
  }

  private void look(Sink sink, boolean explained) {
    for (JsonNode task : sink.status().path("tasks")) {
      if (failed(task)) {
        String failure =
            "task %s-%d failed: %s"
                .formatted(sink.name, task.path("id").asInt(), cause(task.path("trace")));
        if (explained) {
          diary.say(failure);
        } else {
          note(failure);
        }
        restart(sink, task.path("id").asInt());
      }
    }
  }

  private void restart(Sink sink, int task) {
    restarts++;
    sink.restartTask(task);
    RESTART.await(
        "task %s-%d is restarted".formatted(sink.name, task),
        () -> !failed(sink.status().at("/tasks/" + task)));
  }

  /** Keeps a failure for the report. */
  void note(String failure) {
    diary.say("UNEXPLAINED " + failure);
    unexplained.add(failure);
  }

  private static boolean failed(JsonNode task) {
    return task.path("state").asText().equals("FAILED");
  }

  /** The most informative line of a stack trace: the innermost cause. */
  private static String cause(JsonNode trace) {
    String[] lines = trace.asText().split("\n", -1);
    String cause = lines[0];
    for (String line : lines) {
      if (line.startsWith("Caused by: ")) {
        cause = line;
      }
    }
    return cause.strip();
  }
}
