package io.tidemark.sink.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spark's spellings of our keys, for configurations that move over from a streaming query. */
final class Aliases {

  /** Spark's spelling to ours. */
  static final Map<String, String> SPARK =
      new TreeMap<>(
          Map.of(
              "checkpointLocation", CheckpointKeys.LOCATION,
              "path", TableKeys.PATH));

  private Aliases() {}

  /** The same settings under our own keys; a null, which Connect lets pass, counts as not set. */
  static Map<String, String> resolve(Map<String, String> props) {
    Map<String, String> resolved = new TreeMap<>();
    props.forEach(
        (key, value) -> {
          if (value != null && !SPARK.containsKey(key)) {
            resolved.put(key, value);
          }
        });
    SPARK.forEach(
        (alias, key) -> {
          if (props.get(alias) != null) {
            resolved.putIfAbsent(key, props.get(alias));
          }
        });
    return resolved;
  }

  static void check(Map<String, String> props, List<Problem> problems) {
    SPARK.forEach(
        (alias, key) -> {
          if (props.get(alias) != null && props.get(key) != null) {
            problems.add(Problem.twice(alias, key));
          }
        });
  }
}
