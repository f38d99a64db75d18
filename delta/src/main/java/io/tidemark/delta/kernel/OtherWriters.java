package io.tidemark.delta.kernel;

import io.tidemark.common.TidemarkException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that somebody else commits to a table on S3, and says so once. Not every writer there
 * creates versions conditionally, and one that does not can overwrite a version of ours.
 */
final class OtherWriters {

  private static final Logger LOG = LoggerFactory.getLogger(OtherWriters.class);
  private static final int LONGEST_NAME = 100;

  private final String location;
  private boolean warned;

  OtherWriters(String location) {
    this.location = location;
  }

  /**
   * A commit of another task or program was read.
   *
   * @param engineInfo of its {@code commitInfo}, null when it has none
   */
  void saw(String engineInfo) {
    warning(engineInfo).ifPresent(LOG::warn);
  }

  /** What to say of it; empty when there is nothing to say, or no more. */
  Optional<String> warning(String engineInfo) {
    boolean ours = engineInfo != null && engineInfo.contains("Tidemark/");
    if (warned || ours || !location.matches("(?i)s3a?:.*")) {
      return Optional.empty();
    }
    warned = true;
    return Optional.of(
        TidemarkException.message(
            """
            Another program (%s) commits to table %s, too. On S3 that is safe only if it creates
            versions of the table conditionally, which Spark's default log store for S3 does not: it
            can overwrite a version with rows of this connector. See "Who else may write to the
            table" in docs/operating/object-stores.md.""",
            engineInfo == null
                ? "without a name"
                : engineInfo.substring(0, Math.min(LONGEST_NAME, engineInfo.length())),
            location));
  }
}
