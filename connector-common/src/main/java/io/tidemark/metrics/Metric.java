package io.tidemark.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Every metric that a task shows. Names have the form of Kafka's own, and the unit last. They are a
 * promise to those who have dashboards: rename none.
 */
public enum Metric {
  SINK_RECORDS(
      "tidemark-sink-records-total",
      Kind.COUNTER,
      Tag.NONE,
      "records",
      "Records that Connect has handed to the task, records that were read again included.",
      "No increase while `tidemark-sink-lag-records` grows: the task does not read."),
  SINK_DROPPED_RECORDS(
      "tidemark-sink-dropped-records-total",
      Kind.COUNTER,
      Tag.NONE,
      "records",
      "Records that `Where` has dropped. Connect counts what all transformations drop:"
          + " `sink-record-read-total` less `sink-record-send-total`.",
      "A share that you do not expect: a condition may name the wrong field."),
  SINK_REJECTED_RECORDS(
      "tidemark-sink-rejected-records-total",
      Kind.COUNTER,
      Tag.NONE,
      "records",
      "Records, and rows of closed windows, that could not become rows of a table.",
      "Any increase. Each is a dead letter, or has failed the task."),
  SINK_LOST_RECORDS(
      "tidemark-sink-lost-records-total",
      Kind.COUNTER,
      Tag.NONE,
      "offsets",
      "Offsets that Kafka had deleted before the task read them, with `fail.on.data.loss=false`.",
      "Any increase: these records are in no table."),
  SINK_RETRIES(
      "tidemark-sink-retries-total",
      Kind.COUNTER,
      Tag.NONE,
      "attempts",
      "Failures of storage or tables after which the task or its driver tried again.",
      "A steady increase: `task.max.failures` of them in a row fail the task."),
  SINK_BATCHES(
      "tidemark-sink-batches-total",
      Kind.COUNTER,
      Tag.NONE,
      "batches",
      "Batches that the driver of this task has committed. Add the tasks up for the connector.",
      "No increase while segments wait."),
  SINK_COMMITTED_RECORDS(
      "tidemark-sink-committed-records-total",
      Kind.COUNTER,
      Tag.NONE,
      "offsets",
      "Offsets that these batches have passed.",
      "A rate below that of the producers: the lag grows."),
  SINK_ROWS(
      "tidemark-sink-rows-total",
      Kind.COUNTER,
      Tag.NONE,
      "rows",
      "Rows in the data files of these batches.",
      "No increase while records are committed: all are dropped, rejected or aggregated."),
  SINK_FILES(
      "tidemark-sink-files-total",
      Kind.COUNTER,
      Tag.NONE,
      "files",
      "Data files of these batches.",
      "Bytes for each file far below `file.target.bytes`: raise `commit.interval.ms`."),
  SINK_BYTES(
      "tidemark-sink-bytes-total",
      Kind.COUNTER,
      Tag.NONE,
      "bytes",
      "Size of these data files.",
      "See the files."),
  SINK_VERSIONS(
      "tidemark-sink-versions-total",
      Kind.COUNTER,
      Tag.NONE,
      "versions",
      "Table versions of these batches, one for each table with rows.",
      "More than your readers can follow: raise `commit.interval.ms`."),
  SINK_AUDIT_FINDINGS(
      "tidemark-sink-offset-audit-findings-total",
      Kind.COUNTER,
      Tag.NONE,
      "findings",
      "Places at which the offsets that a table names do not join (TM-160).",
      "Any increase: records are missing or doubled. Run `bin/tidemark verify`."),
  SINK_BATCH_NUMBER(
      "tidemark-sink-batch-number",
      Kind.GAUGE,
      Tag.NONE,
      "number",
      "The last batch that this task knows to be committed, by whichever driver. Unknown before"
          + " the first.",
      "Tasks that differ for longer than a commit interval: one of them does not follow."),
  SINK_LAST_COMMIT_AGE(
      "tidemark-sink-last-commit-age-seconds",
      Kind.GAUGE,
      Tag.NONE,
      "seconds",
      "Time since that batch. Unknown before the first. Without records there are no batches.",
      "Several times `commit.interval.ms` while segments wait or the lag grows."),
  SINK_LAG_RECORDS(
      "tidemark-sink-lag-records",
      Kind.GAUGE,
      Tag.NONE,
      "records",
      "Offsets between the frontier and the log end of the task's partitions, which no table has"
          + " yet. Unknown while Kafka does not say where its logs end, and for a task without"
          + " partitions. After a producer's"
          + " transaction the marker counts as well.",
      "A steady increase: add tasks, or find what holds the commits."),
  SINK_LAG_SECONDS(
      "tidemark-sink-lag-seconds",
      Kind.GAUGE,
      Tag.NONE,
      "seconds",
      "Age, by its timestamp, of the oldest record that the task has read and no table has. 0 when"
          + " all is committed. Unknown before the first record, and without timestamps.",
      "More than your tables may be old."),
  SINK_WAITING_SEGMENTS(
      "tidemark-sink-waiting-segments",
      Kind.GAUGE,
      Tag.NONE,
      "segments",
      "Segments that the task has sealed and no batch has. At `max.uncommitted.batches` the task"
          + " stops reading.",
      "More than two for several commit intervals: no driver commits."),
  SINK_BUFFER_BYTES(
      "tidemark-sink-buffer-bytes",
      Kind.GAUGE,
      Tag.NONE,
      "bytes",
      "Memory of rows and aggregates that are not written yet, about.",
      "A sum over the tasks of a worker above half of its heap."),
  SINK_OPEN_FILES(
      "tidemark-sink-open-files",
      Kind.GAUGE,
      Tag.NONE,
      "files",
      "Data files that take rows.",
      "Always at `writer.max.open.files`: files are closed early and stay small."),
  SINK_RUN_DONE(
      "tidemark-sink-run-done",
      Kind.GAUGE,
      Tag.NONE,
      "0 or 1",
      "Whether the task has committed all that its logs had when it got them; unknown without"
          + " `run.until=available`.",
      "1 on all tasks: the run is over."),
  SINK_PLAN_SECONDS(
      "tidemark-sink-plan-seconds",
      Kind.GAUGE,
      Tag.NONE,
      "seconds",
      "How long the plan of the last batch of this driver took, the closing of windows included."
          + " Unknown before its first.",
      "With the commit more than `commit.interval.ms`."),
  SINK_COMMIT_SECONDS(
      "tidemark-sink-commit-seconds",
      Kind.GAUGE,
      Tag.NONE,
      "seconds",
      "How long the commit of that batch to all tables took. Unknown before its first.",
      "With the plan more than `commit.interval.ms`: batches take turns with slow storage."),
  SINK_RETENTION_HEADROOM(
      "tidemark-sink-retention-headroom-seconds",
      Kind.GAUGE,
      Tag.NONE,
      "seconds",
      "How long at least the oldest unread record stays in Kafka, as of the last hour. Unknown when"
          + " all is read, when nothing expires, and when Kafka does not say.",
      "Less than the time you need to react: the records are lost then."),
  SINK_WATERMARK(
      "tidemark-sink-watermark-timestamp-seconds",
      Kind.GAUGE,
      Tag.OPERATOR,
      "seconds since 1970",
      "Watermark of the operator after the last committed batch. Unknown before the first"
          + " watermark.",
      "See its lag."),
  SINK_WATERMARK_LAG(
      "tidemark-sink-watermark-lag-seconds",
      Kind.GAUGE,
      Tag.OPERATOR,
      "seconds",
      "How far that watermark is behind the clock.",
      "More than the window, `watermark.delay.ms` and some commit intervals: a partition without"
          + " records may hold it, see `watermark.idle.timeout.ms`."),
  SINK_LATE_RECORDS(
      "tidemark-sink-late-records-total",
      Kind.COUNTER,
      Tag.OPERATOR,
      "records",
      "Records in the batches of this driver that came after the watermark had closed their"
          + " windows.",
      "Any increase: the windows lack these records. Raise `watermark.delay.ms`."),
  SINK_STATE_ROWS(
      "tidemark-sink-state-rows",
      Kind.GAUGE,
      Tag.OPERATOR,
      "partials",
      "Partials in the live runs of the operator. Every task shows the same.",
      "A steady increase: windows do not close."),
  SINK_STATE_BYTES(
      "tidemark-sink-state-bytes",
      Kind.GAUGE,
      Tag.OPERATOR,
      "bytes",
      "Size of these runs. Every task shows the same.",
      "A steady increase: windows do not close."),
  SINK_LAST_PROGRESS(
      "tidemark-sink-last-progress",
      Kind.TEXT,
      Tag.NONE,
      "JSON",
      "The last batch of this driver, in the words of Spark's `StreamingQueryProgress`. Empty before"
          + " its first.",
      "For people and scripts: no alert."),
  SOURCE_RECORDS(
      "tidemark-source-records-total",
      Kind.COUNTER,
      Tag.NONE,
      "records",
      "Records that the task has handed to Connect.",
      "No increase while there is lag."),
  SOURCE_FILES(
      "tidemark-source-files-total",
      Kind.COUNTER,
      Tag.NONE,
      "files",
      "Data files and change files that the task has opened.",
      "Far more than the table gains: something is read again and again."),
  SOURCE_BYTES(
      "tidemark-source-bytes-total",
      Kind.COUNTER,
      Tag.NONE,
      "bytes",
      "Full size of these files, even if a file is read only from a position on.",
      "See the files."),
  SOURCE_LOSSES(
      "tidemark-source-losses-total",
      Kind.COUNTER,
      Tag.NONE,
      "losses",
      "How often the task continued after a loss, with `fail.on.data.loss=false`.",
      "Any increase: rows are in no topic."),
  SOURCE_RETRIES(
      "tidemark-source-retries-total",
      Kind.COUNTER,
      Tag.NONE,
      "attempts",
      "Failures to read a table after which the task tried again.",
      "A steady increase: `task.max.failures` of them in a row fail the task."),
  SOURCE_LAG_VERSIONS(
      "tidemark-source-lag-versions",
      Kind.GAUGE,
      Tag.TABLE,
      "versions",
      "Versions of the table that are not read to the end. Unknown, as all that follows, before the"
          + " task has seen the table.",
      "A steady increase: add tasks and shards."),
  SOURCE_LAG_FILES(
      "tidemark-source-lag-files",
      Kind.GAUGE,
      Tag.TABLE,
      "files",
      "Known files that are not read: the task's part of the snapshot, and all in at most the next"
          + " 100 versions.",
      "See the versions."),
  SOURCE_LAG_BYTES(
      "tidemark-source-lag-bytes", Kind.GAUGE, Tag.TABLE, "bytes", "Their size.", "See the files."),
  SOURCE_LAG_SECONDS(
      "tidemark-source-lag-seconds",
      Kind.GAUGE,
      Tag.TABLE,
      "seconds",
      "Time since the commit of the oldest version that is not read to the end; 0 when all is read.",
      "A longer lag than readers of your topic can bear."),
  SOURCE_TABLE_MISSING(
      "tidemark-source-table-missing",
      Kind.GAUGE,
      Tag.TABLE,
      "0 or 1",
      "1 while there is no table at this location; the task waits for it.",
      "1 for longer than it takes to create the table: the location may be wrong.");

  /** What a value says. */
  public enum Kind {
    /** Grows from 0 at the start of the task. */
    COUNTER,
    /** As of now; NaN while it is unknown. */
    GAUGE,
    /** No number. */
    TEXT
  }

  /** What distinguishes several values that one task has of a metric. */
  public enum Tag {
    /** There is one. */
    NONE(""),
    /** Name of a windowed aggregate. */
    OPERATOR("operator"),
    /** Location of a table. */
    TABLE("table");

    private final String key;

    Tag(String key) {
      this.key = key;
    }

    /** Of the tag, in the name. */
    public String key() {
      return key;
    }
  }

  private final String id;
  private final Kind kind;
  private final Tag tag;
  private final String unit;
  private final String meaning;
  private final String worry;

  Metric(String id, Kind kind, Tag tag, String unit, String meaning, String worry) {
    this.id = id;
    this.kind = kind;
    this.tag = tag;
    this.unit = unit;
    this.meaning = meaning;
    this.worry = worry;
  }

  /** All of the sink, or all of the source. */
  public static List<Metric> of(boolean sink) {
    return Arrays.stream(values()).filter(metric -> metric.isOfSink() == sink).toList();
  }

  private boolean isOfSink() {
    return id.startsWith("tidemark-sink-");
  }

  /** Name, as reporters get it. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** What distinguishes its values in one task. */
  public Tag tag() {
    return tag;
  }

  /** Unit, for people. */
  public String unit() {
    return unit;
  }

  /** What it says, in whole sentences. */
  public String meaning() {
    return meaning;
  }

  /** When to worry. */
  public String worry() {
    return worry;
  }
}
