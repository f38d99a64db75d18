package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of others, which the Maven wrapper fetches when a run first needs it.
 *
 * @param name with its version; also the name of its directory in the cache
 * @param artifacts each {@code group:artifact:version}
 */
record Peer(String name, List<String> artifacts) {

  static final Peer ICEBERG =
      new Peer(
          "iceberg-kafka-connect-1.12.0",
          List.of(
              "org.apache.iceberg:iceberg-kafka-connect:1.12.0",
              "org.apache.iceberg:iceberg-core:1.12.0",
              "org.apache.iceberg:iceberg-data:1.12.0",
              "org.apache.iceberg:iceberg-parquet:1.12.0",
              "org.apache.hadoop:hadoop-client-api:3.4.2",
              "org.apache.hadoop:hadoop-client-runtime:3.4.2"));

  static final Peer STREAMS =
      new Peer(
          "kafka-streams-4.3.1",
          List.of(
              "org.apache.kafka:kafka-streams:4.3.1",
              "com.fasterxml.jackson.core:jackson-databind:2.19.2",
              "org.slf4j:slf4j-nop:1.7.36"));

  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
  private static final String COMPLETE = "complete";
  private static final long LIMIT_MINUTES = 10;

  Peer {
    artifacts = List.copyOf(artifacts);
  }

  /**
   * The directory of its jars, which are fetched when they are not there. Fails with TM-983.
   *
   * @param root of the repository, whose Maven wrapper is used
   * @param cache for the jars of all peers
   */
  Path jars(Path root, Path cache) {
    Path directory = cache.resolve(name);
    Path jars = directory.resolve("libs");
    if (Files.exists(directory.resolve(COMPLETE))) {
      return jars;
    }
    Path log = directory.resolve("fetch.log");
    try {
      Files.createDirectories(directory);
      Path pom = Files.writeString(directory.resolve("pom.xml"), pom());
      if (!ended(root, pom, jars, log)) {
        throw BenchmarkErrors.notFetched(name, log);
      }
      Files.writeString(directory.resolve(COMPLETE), name);
      return jars;
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("fetch jars into", directory, e);
    }
  }

  private static boolean ended(Path root, Path pom, Path jars, Path log) throws IOException {
    Process maven =
        new ProcessBuilder(
                root.resolve("mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                pom.toString(),
                COPY,
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + jars)
            .directory(pom.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) && maven.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
  }

  private String pom() {
    StringBuilder dependencies = new StringBuilder();
    for (String artifact : artifacts) {
      String[] parts = artifact.split(":", -1);
      dependencies.append(
          """
              <dependency>
                <groupId>%s</groupId>
                <artifactId>%s</artifactId>
                <version>%s</version>
              </dependency>
          """
              .formatted(parts[0], parts[1], parts[2]));
    }
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.tidemark.benchmarks</groupId>
          <artifactId>peer</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencies>
        %s  </dependencies>
        </project>
        """
        .formatted(dependencies);
  }
}
