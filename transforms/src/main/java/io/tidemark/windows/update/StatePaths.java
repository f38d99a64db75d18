package io.tidemark.windows.update;

import io.tidemark.windows.config.UpdateSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;

/**
 * The directories of an aggregation's state.
 *
 * <pre>
 *   state.dir/CONNECTOR/state.id/TOPIC-PARTITION
 * </pre>
 */
final class StatePaths {

  private static final String PLAIN = "_.-";

  private StatePaths() {}

  /** The directory of a connector's aggregation. */
  static Path root(UpdateSpec spec, TaskName task) {
    return spec.directory()
        .toAbsolutePath()
        .normalize()
        .resolve(safe(task.connector()))
        .resolve(spec.id());
  }

  static Path partition(Path root, TopicPartition partition) {
    return root.resolve(partition.toString());
  }

  /**
   * A connector may have any name: characters that a directory name cannot have are written as %XX.
   */
  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      boolean plain = letter || (PLAIN.indexOf(b) >= 0 && !(b == '.' && safe.isEmpty()));
      safe.append(
          plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xFF));
    }
    return safe.toString();
  }
}
