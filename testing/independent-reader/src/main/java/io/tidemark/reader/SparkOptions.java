package io.tidemark.reader;

import java.util.Map;
import java.util.stream.Stream;

/** What Spark needs on Java 17: the list of its own launcher. */
public final class SparkOptions {

  private SparkOptions() {}

  /** Options of its JVM. */
  public static String[] opens() {
    return Stream.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar")
        .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
        .toArray(String[]::new);
  }

  /** Options that pass on a configuration of Hadoop. */
  static String[] hadoop(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(key -> "-Dspark.hadoop." + key.getKey() + "=" + key.getValue())
        .toArray(String[]::new);
  }
}
