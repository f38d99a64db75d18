package io.tidemark.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The jars of a Kafka distribution: broker, Connect worker and command line tools.
 *
 * @param directory holds the jars, flat
 */
public record KafkaLibs(Path directory) {

  /** System property that names the directory in tests and in the quickstart. */
  public static final String PROPERTY = "tidemark.kafka.libs";

  /** The directory that {@value #PROPERTY} names. */
  public static KafkaLibs configured() {
    String directory = System.getProperty(PROPERTY);
    if (directory == null || !Files.isDirectory(Path.of(directory))) {
      throw ClusterErrors.kafkaJarsMissing("System property " + PROPERTY + " (" + directory + ")");
    }
    return new KafkaLibs(Path.of(directory).toAbsolutePath());
  }

  /** As a class path. */
  public String classPath() {
    return directory.resolve("*").toString();
  }
}
