package io.tidemark.delta.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What we add to the {@code commitInfo} that Kernel writes. It is passed to {@link
 * CommitInfoCommitter} in the place of Kernel's committer properties.
 *
 * @param operation Spark's name of the operation, for {@code DESCRIBE HISTORY}
 * @param parameters with Spark's names; a value is JSON text where Spark's is
 * @param metrics with Spark's names; numbers as text
 * @param userMetadata free text
 * @param tags by name, for programs that look for them
 * @param attempt unique to each call that commits. When the answer of the storage was lost, it
 *     shows whether the commit in the log is our own or another driver's
 */
public record CommitDescription(
    String operation,
    Map<String, String> parameters,
    Map<String, String> metrics,
    Optional<String> userMetadata,
    Map<String, String> tags,
    String attempt)
    implements Supplier<Map<String, String>> {

  /** Empty: Kernel only passes this object on and does not use it. */
  @Override
  public Map<String, String> get() {
    return Map.of();
  }
}
