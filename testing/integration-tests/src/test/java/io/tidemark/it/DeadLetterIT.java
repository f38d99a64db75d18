package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.reader.SparkJudge;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Dead letters that cannot be written, and what becomes of their records. */
class DeadLetterIT {

  /** No number, and larger than the queue takes at first. */
  private static final String LARGE = "\"" + "x".repeat(5_000) + "\"";

  private final Cluster cluster = Cluster.shared();

  @Test
  void losesNothingWhenTheQueueTakesNoRecordOfThatSize() throws IOException {
    cluster.topics.create("large-letters", 1, Map.of("max.message.bytes", "3000"));
    Path table = start("large", "large-letters");
    String trace = failsOn("large", table, "{\"id\":" + LARGE + "}");
    assertThat(trace)
        .contains("large-0@2")
        .contains("RecordTooLargeException")
        .doesNotContain("xx");
    cluster.topics.configure("large-letters", "max.message.bytes", "1000000");
    continues("large", "large-letters", table);
  }

  /** Connect drops the future of a report that has failed when it is made. */
  @Test
  void losesNothingWhenTheProducerRefusesTheRecord() throws IOException {
    cluster.topics.create("refused-letters", 1);
    Path table = start("refused", "refused-letters", "producer.override.max.request.size", "3000");
    String trace = failsOn("refused", table, "{\"id\":" + LARGE + "}");
    assertThat(trace).contains("refused-0@2");
    cluster.rest().put("refused", config("refused", "refused-letters", table));
    continues("refused", "refused-letters", table);
  }

  @Test
  void losesNothingWhenTheQueueIsGone() throws IOException {
    cluster.topics.create("gone-letters", 1);
    Path table = start("gone", "gone-letters", "producer.override.max.block.ms", "2000");
    cluster.topics.delete("gone-letters");
    String trace = failsOn("gone", table, "{\"id\":\"no number\"}");
    assertThat(trace).contains("gone-0@2");
    cluster.topics.create("gone-letters", 1);
    continues("gone", "gone-letters", table);
  }

  /** The task never hears of such a record: Connect reports it, and forgets its future. */
  @Test
  void losesNothingWhenTheLetterOfAConverterCannotBeWritten() throws IOException {
    cluster.topics.create("unread-letters", 1, Map.of("max.message.bytes", "3000"));
    Path table = start("unread", "unread-letters", "commit.interval.ms", "3000");
    failsOn("unread", table, LARGE.substring(1));
    cluster.topics.configure("unread-letters", "max.message.bytes", "1000000");
    continues("unread", "unread-letters", table);
  }

  /** Starts the sink, and lets it commit the record at offset 0. */
  private Path start(String topic, String queue, String... more) throws IOException {
    Path table = cluster.fresh(topic).resolve("table");
    cluster.topics.create(topic, 1);
    send(topic, "{\"id\":1}");
    cluster.rest().put(topic, config(topic, queue, table, more));
    cluster.awaitCommitted(topic, topic);
    return table;
  }

  /** Sends a good record, the bad one and another good one; nothing past the first is sealed. */
  private String failsOn(String topic, Path table, String bad) throws IOException {
    send(topic, "{\"id\":2}", bad, "{\"id\":3}");
    String trace = cluster.awaitFailure(cluster.rest(), topic, "TM-130");
    TopicPartition partition = new TopicPartition(topic, 0);
    CheckpointLocation checkpoint =
        new CheckpointLocation(
            Storages.open(table + "-checkpoint", new HadoopFileSystems(Map.of())));
    for (SegmentId id : checkpoint.segments().ids()) {
      assertThat(checkpoint.segments().read(id).orElseThrow().ranges().get(partition).to())
          .isLessThanOrEqualTo(2);
    }
    long last = checkpoint.commits().latest().getAsLong();
    assertThat(checkpoint.batches().read(last).orElseThrow().frontier().end(partition).getAsLong())
        .isLessThanOrEqualTo(2);
    assertThat(cluster.topics.committed("connect-" + topic, topic).get(0)).isLessThanOrEqualTo(2);
    return trace;
  }

  private void continues(String topic, String queue, Path table) {
    cluster.rest().restartTask(topic, 0);
    Cluster.PATIENCE.await(topic + " runs", () -> cluster.rest().running(topic, 1));
    cluster.awaitCommitted(topic, topic);
    assertThat(cluster.topics.endOffsets(queue).get(0)).isEqualTo(1);
    assertThat(cluster.spark().query("SELECT id FROM " + SparkJudge.name(table) + " ORDER BY id"))
        .hasToString("[{\"id\":1}, {\"id\":2}, {\"id\":3}]");
    cluster.rest().delete(topic);
  }

  private Map<String, String> config(String topic, String queue, Path table, String... more) {
    Map<String, String> config = cluster.sink(topic, table, more);
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", queue);
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    return config;
  }

  private void send(String topic, String... values) {
    for (String value : values) {
      cluster.records.send(topic, 0, null, value);
    }
    cluster.records.flush();
  }
}
