package io.tidemark.source.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Rule;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** How often and how much is read at a time, and when a task gives up. */
final class ReadKeys {

  static final String INTERVAL_MS = "poll.interval.ms";
  static final String MAX_FILES = "max.files.per.poll";
  static final String MAX_BYTES = "max.bytes.per.poll";
  static final String MAX_RECORDS = "max.records.per.poll";
  static final String TRANSACTION_RECORDS = "transaction.max.records";
  static final String TRANSACTION_MS = "transaction.max.ms";
  static final String MAX_FAILURES = "task.max.failures";

  static final String GROUP = "Reading";

  private ReadKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            INTERVAL_MS,
            ConfigDef.Type.LONG,
            5_000L,
            Rule.atLeast(10),
            Importance.HIGH,
            "Poll interval",
            "How often a table that has been read to its end is checked for new versions. "
                + "A shorter interval sends rows sooner, and costs one log listing per task each "
                + "time. Milliseconds.")
        .add(
            MAX_RECORDS,
            ConfigDef.Type.INT,
            2_000,
            Rule.atLeast(1),
            Importance.MEDIUM,
            "Records per poll",
            "Records that a task hands to Connect at once. "
                + "More need more memory; fewer make more transactions when "
                + "transaction.boundary=poll.")
        .add(
            MAX_FILES,
            ConfigDef.Type.INT,
            1_000,
            Rule.atLeast(1),
            Importance.LOW,
            "Files per poll",
            "Number of files after which a task hands its records to Connect, even if there are "
                + "few. Spark's spelling maxFilesPerTrigger is accepted.")
        .add(
            MAX_BYTES,
            ConfigDef.Type.LONG,
            0L,
            Rule.atLeast(0),
            Importance.LOW,
            "Bytes per poll",
            "Total size of files after which a task hands its records to Connect. "
                + "Use it to limit the load that the source causes. Bytes; 0 means no limit. "
                + "Spark's spelling maxBytesPerTrigger is accepted.")
        .add(
            TRANSACTION_RECORDS,
            ConfigDef.Type.LONG,
            100_000L,
            Rule.atLeast(1),
            Importance.MEDIUM,
            "Records per transaction",
            "Records after which a transaction ends in the middle of a version, with "
                + "transaction.boundary=connector. "
                + "A larger number keeps larger versions in one transaction, but Connect holds the "
                + "records of an open transaction in memory. A snapshot is split after 10000.")
        .add(
            TRANSACTION_MS,
            ConfigDef.Type.LONG,
            20_000L,
            Rule.atLeast(100),
            Importance.LOW,
            "Time of a transaction",
            "Time after which a transaction ends in the middle of a version, with "
                + "transaction.boundary=connector. "
                + "Must stay well below the producer's transaction.timeout.ms, which is 60000 "
                + "unless producer.override says otherwise. Milliseconds.")
        .add(
            MAX_FAILURES,
            ConfigDef.Type.INT,
            10,
            Rule.atLeast(1),
            Importance.MEDIUM,
            "Failures of a task",
            "Consecutive failures of storage or table after which a task fails; until then it "
                + "tries again, and waits longer each time. The default tolerates an outage of "
                + "three minutes. A larger number tolerates a longer outage, a smaller one reports "
                + "it sooner.");
  }
}
