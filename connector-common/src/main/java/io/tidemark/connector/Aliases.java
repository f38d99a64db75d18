package io.tidemark.connector;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spark's spellings of our keys, for configurations that move over from a streaming query.
 *
 * @param spellings Spark's spelling to ours
 */
public record Aliases(Map<String, String> spellings) {

  public Aliases {
    spellings = new TreeMap<>(spellings);
  }

  /** The same settings under our own keys; a null, which Connect lets pass, counts as not set. */
  public Map<String, String> resolve(Map<String, String> props) {
    Map<String, String> resolved = new TreeMap<>();
    props.forEach(
        (key, value) -> {
          if (value != null && !spellings.containsKey(key)) {
            resolved.put(key, value);
          }
        });
    spellings.forEach(
        (alias, key) -> {
          if (props.get(alias) != null) {
            resolved.putIfAbsent(key, props.get(alias));
          }
        });
    return resolved;
  }

  /** Reports keys that are given under both names. */
  public void check(Map<String, String> props, List<Problem> problems) {
    spellings.forEach(
        (alias, key) -> {
          if (props.get(alias) != null && props.get(key) != null) {
            problems.add(Problem.twice(alias, key));
          }
        });
  }
}
