package io.tidemark.connector;

import java.util.Map;
import java.util.TreeMap;

/**
 * A prefix whose keys are passed, without it, to the configuration of another component.
 *
 * @param prefix ends with a dot
 * @param group group of the keys in the reference
 * @param begin the prefix of the rest of the key
 * @param bare the beginning of a key whose prefix was forgotten
 * @param documentation as for the connector's own keys
 */
public record PassThrough(
    String prefix, String group, String begin, String bare, String documentation) {

  /**
   * Hadoop's configuration.
   *
   * @param group group of the keys in the reference
   */
  public static PassThrough hadoop(String group) {
    return new PassThrough(
        "hadoop.",
        group,
        "",
        "fs.",
        "Hadoop's configuration of the file systems, such as "
            + "hadoop.fs.s3a.endpoint.region=eu-central-1. "
            + "Values may be credentials and are never logged; Hadoop's own names that begin "
            + "with hadoop. need the prefix too.");
  }

  /** Whether a key is one of these. */
  public boolean takes(String key) {
    return key.startsWith(prefix + begin) && key.length() > prefix.length() + begin.length();
  }

  /** The settings that it takes, without the prefix. */
  public Map<String, String> select(Map<String, String> props) {
    Map<String, String> selected = new TreeMap<>();
    props.forEach(
        (key, value) -> {
          if (takes(key)) {
            selected.put(key.substring(prefix.length()), value);
          }
        });
    return selected;
  }
}
