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
            "How often the connector makes a new version of its tables. "
                + "Rows are visible sooner with a shorter interval, at the price of more and "
                + "smaller files and a longer Delta log; below a second only for trying out. "
                + "Milliseconds.")
        .add(
            COMMIT_MAX_RECORDS,
            ConfigDef.Type.LONG,
            0L,
            Rule.atLeast(0),
            Importance.MEDIUM,
            "Records per commit",
            "Records after which a task seals what it has before the interval is over. "
                + "Bounds what is read again after a crash, at the price of smaller files. "
                + "Records per task; 0 means no bound.")
        .add(
            COMMIT_MAX_BYTES,
            ConfigDef.Type.LONG,
            128L << 20,
            Rule.atLeast(0),
            Importance.MEDIUM,
            "Bytes per commit",
            "Bytes in data files after which a task seals what it has before the interval is over. "
                + "Bounds what is read again after a crash, at the price of smaller files. "
                + "Bytes per task; 0 means no bound.")
        .add(
            MAX_UNCOMMITTED_BATCHES,
            ConfigDef.Type.INT,
            10,
            Rule.atLeast(1),
            Importance.LOW,
            "Uncommitted batches",
            "How many times a task seals ahead of the last commit before it pauses its partitions. "
                + "More rides out a longer failure of the commits, fewer bounds the files that "
                + "wait for one.")
        .add(
            MAX_FAILURES,
            ConfigDef.Type.INT,
            10,
            Rule.atLeast(1),
            Importance.MEDIUM,
            "Failures of a task",
            "Consecutive failures of storage or table after which a task fails; up to then it "
                + "tries again, waiting longer each time. The default rides out three minutes. "
                + "More rides out a longer outage, fewer tells you of it sooner.");
  }
}
