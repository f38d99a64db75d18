package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random records into windows of a table that does not take every row. Each record is counted in
 * one row, in one row that became a dead letter, or is a dead letter itself, or has no value. Spark
 * reads the rows.
 */
class WindowFuzzIT {

  private static final Logger LOG = LoggerFactory.getLogger(WindowFuzzIT.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NAME = "fuzz-windows";
  private static final String QUEUE = NAME + "-letters";
  private static final int RECORDS = 50_000;
  private static final int PARTITIONS = 2;
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(40);

  /** More than the records' span, so that none is late. */
  private static final Duration DELAY = Duration.ofDays(400);

  private final Cluster cluster = Cluster.shared();
  private final long seed =
      Long.getLong("tidemark.fuzz.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
  private final Random random = new Random(seed);

  @Test
  void everyRecordIsCountedInOneRowOrOneDeadLetter() throws IOException {
    LOG.info("again with -Dtidemark.fuzz.seed={}", seed);
    Path table = cluster.fresh(NAME).resolve("table");
    String sql = SparkJudge.name(table);
    cluster
        .spark()
        .query(
            "CREATE TABLE "
                + sql
                + " (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, part VARCHAR(40) NOT NULL,"
                + " n BIGINT, total DECIMAL(9,2), top BIGINT) USING delta");
    cluster.topics.create(NAME, PARTITIONS);
    cluster.topics.create(QUEUE, 1);
    long nulls = 0;
    for (int record = 0; record < RECORDS; record++) {
      String value = value(record);
      nulls += value == null ? 1 : 0;
      cluster.records.send(NAME, record % PARTITIONS, null, value);
    }
    cluster.records.flush();
    cluster.rest().put(NAME, config(table));
    cluster.awaitCommitted(NAME, NAME);
    // The windows of these records stay open, and close those of all others.
    for (int partition = 0; partition < PARTITIONS; partition++) {
      cluster.records.send(NAME, partition, null, good(0, Instant.now()).toString());
    }
    cluster.records.flush();
    cluster.awaitCommitted(NAME, NAME);
    long counted = RECORDS - nulls;
    Cluster.PATIENCE.await(
        "each of " + counted + " records is counted, with -Dtidemark.fuzz.seed=" + seed,
        () -> rows(sql) + letters().records() >= counted);
    cluster.rest().delete(NAME);

    Letters letters = letters();
    LOG.info("{} of {} records without value; {}", nulls, RECORDS, letters);
    assertThat(rows(sql) + letters.records()).as("seed %d", seed).isEqualTo(counted);
    assertThat(letters.own()).as("letters of records").isPositive();
    assertThat(letters.rows()).as("letters of rows").isPositive();
    assertThat(
            cluster
                .spark()
                .number(
                    "SELECT count(to_json(struct(*))) - count(DISTINCT window, part) FROM " + sql))
        .as("rows that have the window and group of another one, with seed %d", seed)
        .isZero();
  }

  /**
   * What the dead letter queue has.
   *
   * @param own letters of records
   * @param rows letters of rows of windows
   * @param inRows records that these rows count
   */
  private record Letters(long own, long rows, long inRows) {

    long records() {
      return own + inRows;
    }
  }

  private long rows(String sql) {
    return cluster.spark().number("SELECT coalesce(sum(n), 0) FROM " + sql);
  }

  private Letters letters() throws IOException {
    TopicPartition queue = new TopicPartition(QUEUE, 0);
    long own = 0;
    long rows = 0;
    long inRows = 0;
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(queue));
      consumer.seekToBeginning(List.of(queue));
      long end = consumer.endOffsets(List.of(queue)).get(queue);
      while (consumer.position(queue) < end) {
        for (ConsumerRecord<String, String> letter : consumer.poll(Duration.ofMillis(200))) {
          if (letter.headers().lastHeader("tidemark.window.operator") == null) {
            own++;
          } else {
            rows++;
            inRows += MAPPER.readTree(letter.value()).required("n").asLong();
          }
        }
      }
    }
    return new Letters(own, rows, inRows);
  }

  private Map<String, String> config(Path table) {
    return cluster.sink(
        NAME,
        table,
        "errors.tolerance",
        "all",
        "errors.deadletterqueue.topic.name",
        QUEUE,
        "errors.deadletterqueue.topic.replication.factor",
        "1",
        "errors.deadletterqueue.context.headers.enable",
        "true",
        "transforms",
        "days",
        "transforms.days.type",
        "io.tidemark.transforms.WindowedAggregate",
        "transforms.days.event.time.field",
        "at",
        "transforms.days.late.records",
        "report",
        "transforms.days.watermark.delay.ms",
        String.valueOf(DELAY.toMillis()),
        "transforms.days.window.size.ms",
        String.valueOf(Duration.ofDays(1).toMillis()),
        "transforms.days.group.by",
        "part",
        "transforms.days.aggregates",
        "n=count(*), total=sum(price), top=max(id)");
  }

  /** JSON without a schema; null for a tombstone. */
  private String value(int record) {
    if (random.nextInt(200) == 0) {
      return null;
    }
    ObjectNode value =
        good(record, START.plusSeconds((long) (random.nextDouble() * SPAN.toSeconds())));
    if (random.nextInt(10) == 0) {
      spoil(value);
    }
    return value.toString();
  }

  private ObjectNode good(int record, Instant at) {
    ObjectNode value = JSON.objectNode();
    value.put("at", at.toString());
    value.put("part", "p" + random.nextInt(5));
    value.put("id", record);
    switch (random.nextInt(3)) {
      case 0 -> value.put("price", random.nextInt(1_000) / 4.0);
      case 1 -> value.put("price", random.nextInt(1_000));
      default -> value.putNull("price");
    }
    return value;
  }

  private void spoil(ObjectNode value) {
    switch (random.nextInt(20)) {
      case 0 -> value.remove("at");
      case 1 -> value.put("at", random.nextBoolean() ? "noon" : "infinity");
      case 2 -> value.put("at", Long.MIN_VALUE + random.nextInt(1_000));
      case 3 -> value.put("at", START.toEpochMilli() + random.nextLong(SPAN.toMillis()));
      case 4 -> value.putObject("at").put("time", 1);
      case 5 -> value.put("price", "many");
      case 6 -> value.put("price", 1e300);
      case 7 -> value.put("price", 0.005 * random.nextInt(9));
      case 8 -> value.put("price", Long.MAX_VALUE - random.nextInt(9));
      case 9 -> value.putObject("price").put("amount", 1);
      case 10 -> value.put("price", "12.34");
      case 11 -> value.put("id", "no number");
      case 12 -> value.put("id", random.nextLong() + ".0");
      case 13 -> value.put("id", new java.math.BigInteger("9223372036854775808"));
      case 14 -> value.putNull("part");
      case 15 -> value.put("part", "x".repeat(30 + random.nextInt(100)));
      case 16 -> value.putObject("part").put("name", "p0");
      case 17 -> value.put("part", random.nextInt(9));
      case 18 -> value.put("part", "a\ud800b");
      default -> value.put("part", "é/\u0001= ?%#{}東");
    }
  }
}
