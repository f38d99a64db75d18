package io.tidemark.delta.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the {@code commitInfo} of one commit tells beyond what Kernel writes by itself. It travels
 * to {@link CommitInfoCommitter} in the place of Kernel's committer properties.
 *
 * @param operation as Spark names it, for {@code DESCRIBE HISTORY}
 * @param parameters as Spark spells them: values are JSON texts where Spark's are
 * @param metrics names as Spark's, numbers as text
 * @param userMetadata free text
 * @param tags for those who know their names
 * @param attempt unique to the call that commits: tells our own commit from another driver's when
 *     the storage's answer was lost
 */
public record CommitDescription(
    String operation,
    Map<String, String> parameters,
    Map<String, String> metrics,
    Optional<String> userMetadata,
    Map<String, String> tags,
    String attempt)
    implements Supplier<Map<String, String>> {

  /** Nothing: Kernel hands this object through and needs none of it. */
  @Override
  public Map<String, String> get() {
    return Map.of();
  }
}
