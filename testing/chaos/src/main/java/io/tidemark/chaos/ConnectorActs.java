package io.tidemark.chaos;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an operator does to each connector through REST. */
final class ConnectorActs {

  private static final String TASKS = "tasks.max";
  private static final String INTERVAL = "commit.interval.ms";
  private static final List<String> TASK_COUNTS = List.of("1", "2", "3", "4");
  private static final List<String> INTERVALS = List.of("500", "600", "700", "800", "900", "1000");

  private ConnectorActs() {}

  static String pause(Scene scene, Dice dice) {
    int seconds = dice.between(1, 6);
    scene.sinks.forEach(Sink::pause);
    Hold.seconds(seconds);
    scene.sinks.forEach(Sink::resume);
    return "for " + seconds + " s";
  }

  static String restart(Scene scene, Dice dice) {
    scene.sinks.forEach(Sink::restart);
    return "with their tasks";
  }

  static String restartTask(Scene scene, Dice dice) {
    return each(
        scene,
        sink -> {
          int task = dice.between(0, Integer.parseInt(sink.value(TASKS)) - 1);
          sink.restartTask(task);
          return "task " + task;
        });
  }

  static String changeTasks(Scene scene, Dice dice) {
    return change(scene, dice, TASKS, TASK_COUNTS);
  }

  static String changeInterval(Scene scene, Dice dice) {
    return change(scene, dice, INTERVAL, INTERVALS);
  }

  /** Changes it to another value, because the same one would not disturb anything. */
  private static String change(Scene scene, Dice dice, String key, List<String> values) {
    return each(
        scene,
        sink -> {
          String before = sink.value(key);
          String after = dice.pick(values.stream().filter(value -> !value.equals(before)).toList());
          sink.change(key, after);
          return "from " + before + " to " + after;
        });
  }

  private static String each(Scene scene, Function<Sink, String> act) {
    return scene.sinks.stream()
        .map(sink -> sink.name + ": " + act.apply(sink))
        .collect(Collectors.joining(", "));
  }
}
