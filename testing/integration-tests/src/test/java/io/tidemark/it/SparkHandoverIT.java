package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.faults.KillPoint;
import io.tidemark.faults.ProtocolStep;
import io.tidemark.spark.Death;
import io.tidemark.spark.SparkJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A real Structured Streaming query and a real connector take turns on one topic, checkpoint
 * location and table. Spark takes seconds to start, so one process of it serves all queries of a
 * phase, and what it is killed for comes last.
 */
class SparkHandoverIT {

  private final Cluster cluster = Cluster.shared();

  @Test
  void landsEveryRecordOnceWhileAQueryChangesHandsAndSparkIsKilled() throws IOException {
    SharedQuery parsed = parsed("handover");
    SharedQuery raw = raw("handover-raw");
    SharedQuery begun = parsed("handover-begun");
    SharedQuery counting = parsed("handover-counting");

    // The connector begins one of them, in a checkpoint location that Spark has never seen.
    begun.send(100);
    begun.runConnector();

    try (SparkJob spark = new SparkJob(cluster.fresh("spark-job"))) {
      raw.send(300);
      spark.run(raw.query());
      counting.send(10);
      spark.run(counting.query().countedBy("_kafka_partition"));
      begun.send(100);
      spark.run(begun.query());
      begun.judge();
      parsed.send(1_000);
      spark.run(parsed.query(), 400);
      parsed.send(500);
      spark.runUntil(Death.BEFORE_THE_COMMIT_LOG, parsed.query());
    }
    assertThat(parsed.newest("offsets")).isEqualTo(parsed.newest("commits") + 1);

    long inTable = parsed.newest("offsets");
    parsed.send(500);
    parsed.runConnector();
    assertThat(parsed.checkpoint.resolve("batches/" + inTable)).doesNotExist();
    assertThat(parsed.checkpoint.resolve("batches/" + (inTable + 1))).exists();
    parsed.judge();
    raw.send(300);
    raw.runConnector();
    raw.judge();
    begun.send(100);
    begun.runConnector();
    begun.judge();
    counting.startConnector();
    assertThat(counting.awaitFailure()).contains("TM-156").contains("state/0/");
    counting.delete();

    // As after a death between table and commit log: Spark finds its transaction there.
    Files.delete(parsed.checkpoint.resolve("commits/" + parsed.newest("commits")));
    try (SparkJob spark = new SparkJob(cluster.fresh("spark-job"))) {
      raw.send(300);
      spark.run(raw.query());
      raw.judge();
      parsed.send(500);
      spark.run(parsed.query());
      parsed.judge();
      parsed.sendInTransaction(500);
      spark.runUntil(Death.WITHIN_THE_BATCH, parsed.query());
    }

    Path unfinished = parsed.checkpoint.resolve("offsets/" + parsed.newest("offsets"));
    String planned = Files.readString(unfinished);
    // Spark's batch ends after a marker, and nothing comes after that.
    parsed.runConnectorThrough(new KillPoint(ProtocolStep.SEGMENT, KillPoint.Moment.AFTER, 1));
    assertThat(unfinished).hasContent(planned);
    assertThat(parsed.checkpoint.resolve("batches/" + unfinished.getFileName())).exists();
    parsed.judge();
    parsed.send(500);
    parsed.runConnector();
    parsed.judge();
    for (SharedQuery query : List.of(parsed, raw, begun)) {
      query.delete();
    }
  }

  /** The fields of JSON as columns, and where each record comes from. */
  private SharedQuery parsed(String topic) throws IOException {
    return new SharedQuery(
        cluster,
        topic,
        "_kafka_partition",
        "_kafka_offset",
        List.of(
            "from_json(CAST(value AS STRING), 'id BIGINT, text STRING').id AS id",
            "from_json(CAST(value AS STRING), 'id BIGINT, text STRING').text AS text",
            "partition AS _kafka_partition",
            "offset AS _kafka_offset"),
        "metadata.columns",
        "partition,offset",
        "tasks.max",
        "2");
  }

  /** The columns of Spark's Kafka source as they are. */
  private SharedQuery raw(String topic) throws IOException {
    return new SharedQuery(
        cluster,
        topic,
        "partition",
        "offset",
        List.of("value", "topic", "partition", "offset", "timestamp"),
        "value.converter",
        "org.apache.kafka.connect.converters.ByteArrayConverter",
        "transforms",
        "value,rest",
        "transforms.value.type",
        "org.apache.kafka.connect.transforms.HoistField$Value",
        "transforms.value.field",
        "value",
        "transforms.rest.type",
        "org.apache.kafka.connect.transforms.InsertField$Value",
        "transforms.rest.topic.field",
        "topic",
        "transforms.rest.partition.field",
        "partition",
        "transforms.rest.offset.field",
        "offset",
        "transforms.rest.timestamp.field",
        "timestamp");
  }
}
