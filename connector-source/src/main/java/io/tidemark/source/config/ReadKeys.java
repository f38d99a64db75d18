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
            "How often a table that has been read to its end is looked at for new versions. "
                + "Shorter is sooner, at the price of one look-up in the log by each task. "
                + "Milliseconds.")
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
            "Files that a task reads to their end before it hands records to Connect, however few "
                + "those are. Spark's spelling maxFilesPerTrigger is accepted.")
        .add(
            MAX_BYTES,
            ConfigDef.Type.LONG,
            0L,
            Rule.atLeast(0),
            Importance.LOW,
            "Bytes per poll",
            "Size of the files that a task reads to their end before it hands records to Connect. "
                + "Slows a source down that others must not feel. Bytes; 0 means no bound. "
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
                + "More keep larger versions whole, but Connect holds the records of an open "
                + "transaction in memory. A snapshot is cut after 10000.")
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
            "Consecutive failures of storage or table after which a task fails; up to then it "
                + "tries again, waiting longer each time. The default rides out three minutes. "
                + "More rides out a longer outage, fewer tells you of it sooner.");
  }
}
