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
    return error(
        901,
        "Port %d on 127.0.0.1 is taken by another process. End that process, or use another port."
            .formatted(port),
        cause);
  }

  static TidemarkException javaMissing(Path java, IOException cause) {
    return error(
        902,
        "Cannot start %s: %s. Set JAVA_HOME to a JDK of version 17 or newer."
            .formatted(java, cause.getMessage()),
        cause);
  }

  static TidemarkException diskFull(Path directory, long freeBytes, long neededBytes) {
    return error(
        903,
        "Only %d MiB are free below %s, %d MiB are needed. Free some space, or use another disk."
            .formatted(freeBytes >> 20, directory, neededBytes >> 20),
        null);
  }

  static TidemarkException kafkaJarsMissing(String origin) {
    return error(
        904,
        "%s names no directory with Kafka's jars. Build the module local-cluster first, and pass its target/kafka-libs."
            .formatted(origin),
        null);
  }

  static TidemarkException died(String process, int exitCode, Path log, String lastLines) {
    return error(
        905,
        "The %s ended with exit code %d. The end of its log %s:%n%s"
            .formatted(process, exitCode, log, lastLines),
        null);
  }

  static TidemarkException tooSlow(String condition, Duration limit, Throwable lastFailure) {
    return error(
        906,
        "Waited %d s in vain: %s.%s Look into the logs of broker and worker."
            .formatted(
                limit.toSeconds(),
                condition,
                lastFailure == null ? "" : " Last failure: " + lastFailure.getMessage() + "."),
        lastFailure);
  }

  static TidemarkException refused(String request, int status, String reason) {
    return error(
        907, "The Connect worker answered %s with %d: %s".formatted(request, status, reason), null);
  }

  static TidemarkException unreachable(String request, IOException cause) {
    return error(
        908,
        "No answer from the Connect worker to %s: %s. Is it running?"
            .formatted(request, reason(cause)),
        cause);
  }

  static TidemarkException interrupted(String action, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return error(909, "Interrupted while it was to " + action + ".", cause);
  }

  static TidemarkException kafkaFailed(String action, Throwable cause) {
    return error(910, "Kafka failed to %s: %s".formatted(action, reason(cause)), cause);
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static TidemarkException error(int code, String message, Throwable cause) {
    return new TidemarkException("TM-" + code, message, cause);
  }
}
