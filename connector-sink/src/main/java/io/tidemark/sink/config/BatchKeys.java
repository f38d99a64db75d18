package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Rule;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** When a batch is committed, how far the tasks may run ahead, and when a task gives up. */
final class BatchKeys {

  static final String COMMIT_INTERVAL_MS = "commit.interval.ms";
  static final String COMMIT_MAX_RECORDS = "commit.max.records";
  static final String COMMIT_MAX_BYTES = "commit.max.bytes";
  static final String MAX_UNCOMMITTED_BATCHES = "max.uncommitted.batches";
  static final String MAX_FAILURES = "task.max.failures";

  static final String GROUP = "Batches";

  private BatchKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            COMMIT_INTERVAL_MS,
            ConfigDef.Type.LONG,
            60_000L,
            Rule.atLeast(100),
            Importance.HIGH,
            "Commit interval",
            """
            How often the connector makes a new version of its tables. A shorter interval makes rows
            visible sooner, but makes more and smaller files and a longer Delta log. Use less than a
            second only for tests. Milliseconds.""")
        .add(
            COMMIT_MAX_RECORDS,
            ConfigDef.Type.LONG,
            0L,
            Rule.atLeast(0),
            Importance.MEDIUM,
            "Records per commit",
            """
            Number of records after which a task seals a segment before the interval is over. It
            bounds what is read again after a crash, but makes smaller files. Records per task; 0
            means no bound.""")
        .add(
            COMMIT_MAX_BYTES,
            ConfigDef.Type.LONG,
            128L << 20,
            Rule.atLeast(0),
            Importance.MEDIUM,
            "Bytes per commit",
            """
            Bytes in data files after which a task seals a segment before the interval is over. It
            bounds what is read again after a crash, but makes smaller files. Bytes per task; 0
            means no bound.""")
        .add(
            MAX_UNCOMMITTED_BATCHES,
            ConfigDef.Type.INT,
            10,
            Rule.atLeast(1),
            Importance.LOW,
            "Uncommitted batches",
            """
            How many segments of a task may wait for a commit before the task pauses its partitions.
            A higher number lets the task read on through a longer failure of the commits; a lower
            number bounds the files that wait for a commit.""")
        .add(
            MAX_FAILURES,
            ConfigDef.Type.INT,
            10,
            Rule.atLeast(1),
            Importance.MEDIUM,
            "Failures of a task",
            """
            Number of failures in a row, of storage or table, after which a task fails. Until then
            it tries again and waits longer each time. The default tolerates an outage of three
            minutes. A higher number tolerates a longer outage; a lower number reports it
            sooner.""");
  }
}
