package io.tidemark.source.config;

import io.tidemark.connector.Aliases;
import io.tidemark.connector.PassThrough;
import io.tidemark.connector.Vocabulary;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keys of the source that are not in its definition. */
final class SourceVocabulary {

  static final Aliases SPARK =
      new Aliases(
          Map.of(
              "path", TableKeys.PATH,
              "startingVersion", StartKeys.VERSION,
              "startingTimestamp", StartKeys.TIMESTAMP,
              "readChangeFeed", TableKeys.CHANGE_FEED,
              "maxFilesPerTrigger", ReadKeys.MAX_FILES,
              "maxBytesPerTrigger", ReadKeys.MAX_BYTES,
              "ignoreDeletes", TableKeys.IGNORE_DELETES,
              "skipChangeCommits", TableKeys.SKIP_CHANGES,
              "failOnDataLoss", TableKeys.FAIL_ON_LOSS));

  static final PassThrough HADOOP = PassThrough.hadoop(TableKeys.GROUP);

  private static final List<String> NAMESPACES =
      List.of(
          "table.",
          "starting.",
          "read.",
          "max.",
          "poll.",
          "skip.",
          "ignore.",
          "fail.",
          "key.field",
          "headers.",
          "temporal.",
          "topic.format",
          "task.max",
          "transaction.",
          "tidemark.");

  private SourceVocabulary() {}

  static Vocabulary of(Collection<String> keys) {
    return new Vocabulary(
        keys,
        NAMESPACES,
        SPARK,
        List.of(HADOOP),
        SourcePeers.KEYS,
        "docs/reference/source-config.md");
  }
}
