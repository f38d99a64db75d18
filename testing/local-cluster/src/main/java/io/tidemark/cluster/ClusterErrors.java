package io.tidemark.cluster;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Every error of the local cluster, codes {@code TM-9xx}: one line each, for people at a terminal.
 */
final class ClusterErrors {

  private ClusterErrors() {}

  static TidemarkException portBusy(int port, IOException cause) {
    return TidemarkException.of(
        "TM-901",
        cause,
        """
        Port %d on 127.0.0.1 is taken by another process. End that process, or use another port.""",
        port);
  }

  static TidemarkException javaMissing(Path java, IOException cause) {
    return TidemarkException.of(
        "TM-902",
        cause,
        "Cannot start %s: %s. Set JAVA_HOME to a JDK of version 17 or newer.",
        java,
        cause.getMessage());
  }

  static TidemarkException diskFull(Path directory, long freeBytes, long neededBytes) {
    return TidemarkException.of(
        "TM-903",
        """
        Only %d MiB are free below %s, and %d MiB are needed. Free some space, or use another
        disk.""",
        freeBytes >> 20,
        directory,
        neededBytes >> 20);
  }

  static TidemarkException kafkaJarsMissing(String origin) {
    return TidemarkException.of(
        "TM-904",
        """
        %s does not name a directory with Kafka's jars. Build the module local-cluster first, and
        pass its target/kafka-libs.""",
        origin);
  }

  static TidemarkException died(String process, int exitCode, Path log, String lastLines) {
    return TidemarkException.of(
        "TM-905",
        "The %s ended with exit code %d. The end of its log %s:%n%s",
        process,
        exitCode,
        log,
        lastLines);
  }

  static TidemarkException tooSlow(String condition, Duration limit, Throwable lastFailure) {
    return TidemarkException.of(
        "TM-906",
        lastFailure,
        "Gave up after waiting %d s until %s.%s Check the logs of broker and worker.",
        limit.toSeconds(),
        condition,
        lastFailure == null ? "" : " Last failure: " + lastFailure.getMessage() + ".");
  }

  static TidemarkException refused(String request, int status, String reason) {
    return TidemarkException.of(
        "TM-907", "The Connect worker answered %s with %d: %s", request, status, reason);
  }

  static TidemarkException unreachable(String request, IOException cause) {
    return TidemarkException.of(
        "TM-908",
        cause,
        "No answer from the Connect worker to %s: %s. Is it running?",
        request,
        reason(cause));
  }

  static TidemarkException interrupted(String action, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return TidemarkException.of("TM-909", cause, "Interrupted while trying to %s.", action);
  }

  static TidemarkException kafkaFailed(String action, Throwable cause) {
    return TidemarkException.of("TM-910", cause, "Kafka failed to %s: %s", action, reason(cause));
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
