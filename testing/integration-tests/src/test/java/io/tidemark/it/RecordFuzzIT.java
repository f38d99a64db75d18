package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of all kinds into a table that asks for much: each is a row, a dead letter or nothing by
 * design, and Spark reads, changes and compacts the table afterwards.
 */
class RecordFuzzIT {

  private static final Logger LOG = LoggerFactory.getLogger(RecordFuzzIT.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int RECORDS = 50_000;
  private static final int PARTITIONS = 2;

  private final Cluster cluster = Cluster.shared();
  private final long seed =
      Long.getLong("tidemark.fuzz.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
  private final Random random = new Random(seed);

  @Test
  void everyRecordWithoutSchemaIsARowOrADeadLetter() throws IOException {
    run("fuzz-plain", false);
  }

  @Test
  void everyRecordWithASchemaIsARowOrADeadLetter() throws IOException {
    run("fuzz-typed", true);
  }

  private void run(String name, boolean typed) throws IOException {
    LOG.info("{}: again with -Dtidemark.fuzz.seed={}", name, seed);
    Path table = cluster.fresh(name).resolve("table");
    cluster
        .spark()
        .query(
            "CREATE TABLE "
                + SparkJudge.name(table)
                + " (id BIGINT, code VARCHAR(5), letter CHAR(3), price DECIMAL(10,2), ts TIMESTAMP,"
                + " flag BOOLEAN, part STRING NOT NULL, _kafka_partition INT, _kafka_offset BIGINT)"
                + " USING delta PARTITIONED BY (part)"
                + " TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true',"
                + " 'delta.dataSkippingStatsColumns' = 'id,price')");
    String queue = name + "-letters";
    cluster.topics.create(name, PARTITIONS);
    cluster.topics.create(queue, 1);
    long nulls = 0;
    for (int record = 0; record < RECORDS; record++) {
      String value = typed ? typed(record) : plain(record);
      nulls += value == null ? 1 : 0;
      cluster.records.send(name, record % PARTITIONS, null, value);
    }
    cluster.records.flush();
    Map<String, String> config =
        cluster.sink(
            name,
            table,
            "value.converter",
            "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable",
            String.valueOf(typed),
            "metadata.columns",
            "partition,offset",
            "errors.tolerance",
            "all",
            "errors.deadletterqueue.topic.name",
            queue,
            "errors.deadletterqueue.topic.replication.factor",
            "1");
    cluster.rest().put(name, config);
    cluster.awaitCommitted(name, name);
    cluster.rest().delete(name);

    String sql = SparkJudge.name(table);
    long letters = cluster.topics.endOffsets(queue).get(0);
    long rows = cluster.spark().number("SELECT count(to_json(struct(*))) FROM " + sql);
    assertThat(rows + letters + nulls).as("seed %d", seed).isEqualTo(RECORDS);
    assertThat(letters).as("seed %d", seed).isBetween(RECORDS / 100L, RECORDS / 2L);
    assertThat(
            cluster
                .spark()
                .number("SELECT count(DISTINCT _kafka_partition, _kafka_offset) FROM " + sql))
        .as("seed %d", seed)
        .isEqualTo(rows);
    cluster.spark().query("UPDATE " + sql + " SET flag = true WHERE id % 7 = 0");
    cluster.spark().query("OPTIMIZE " + sql);
    assertThat(
            cluster
                .spark()
                .number(
                    "SELECT count(to_json(struct(*))) FROM table_changes_by_path('"
                        + table.toAbsolutePath()
                        + "', 0) WHERE _change_type = 'insert'"))
        .as("seed %d", seed)
        .isEqualTo(rows);
  }

  /** JSON without a schema; null for a tombstone. */
  private String plain(int record) {
    if (random.nextInt(200) == 0) {
      return null;
    }
    ObjectNode value = good(record);
    if (random.nextInt(6) == 0) {
      spoil(value);
    }
    return value.toString();
  }

  private ObjectNode good(int record) {
    ObjectNode value = JSON.objectNode();
    value.put("id", record);
    value.put("code", "c" + random.nextInt(100));
    value.put("part", "p" + random.nextInt(3));
    switch (random.nextInt(4)) {
      case 0 -> value.put("letter", "x");
      case 1 -> value.put("price", random.nextInt(10_000) / 100.0);
      case 2 -> value.put("price", "12.34");
      default -> value.put("ts", "2026-11-29T10:15:30." + random.nextInt(999) + "Z");
    }
    return value;
  }

  private void spoil(ObjectNode value) {
    switch (random.nextInt(24)) {
      case 0 -> value.put("code", "longer than five");
      case 1 -> value.put("letter", "letters");
      case 2 -> value.put("part", "");
      case 3 -> value.remove("part");
      case 4 -> value.put("part", "x".repeat(1 + random.nextInt(600)));
      case 5 -> value.put("part", "é/\u0001= ?%#{}東");
      case 6 -> value.put("first name", 1);
      case 7 -> value.put("_change_type", "insert");
      case 8 -> value.put("_kafka_offset", 7);
      case 9 -> value.set("deep", nested(30 + random.nextInt(300)));
      case 10 -> value.put("price", "1.005");
      case 11 -> value.put("price", 1e300);
      case 12 -> value.put("ts", random.nextBoolean() ? "infinity" : "noon");
      case 13 -> value.put("ts", random.nextLong());
      case 14 -> value.put("flag", random.nextBoolean() ? "true" : "maybe");
      case 15 -> value.put("id", "no number");
      case 16 -> value.put("id", random.nextLong() + ".0");
      case 17 -> value.put("ID", 1);
      case 18 -> value.putObject("address").put("city", "Bern").put("zip", random.nextInt(9_999));
      case 19 -> value.putObject("address").put("city", random.nextInt()).put("junk", true);
      case 20 -> value.putObject("cases").put("x", 1).put("X", 2);
      case 21 -> value.putArray("list").add(1).add(random.nextBoolean() ? "two" : "3");
      case 22 -> value.putArray("items").addObject().put("sku", "s").put("n", random.nextInt(9));
      default -> value.put("half", "a\ud800b");
    }
  }

  private static ObjectNode nested(int levels) {
    ObjectNode value = JSON.objectNode().put("n", 1);
    for (int level = 1; level < levels; level++) {
      value = JSON.objectNode().set("n", value);
    }
    return value;
  }

  /** JSON with its schema; null for a tombstone. */
  private String typed(int record) throws IOException {
    if (random.nextInt(200) == 0) {
      return null;
    }
    ObjectNode value = good(record);
    if (random.nextInt(6) == 0) {
      spoil(value);
    }
    ObjectNode envelope = JSON.objectNode();
    envelope.set("schema", schema(value));
    envelope.set("payload", value);
    return MAPPER.writeValueAsString(envelope);
  }

  private ObjectNode schema(com.fasterxml.jackson.databind.JsonNode value) {
    ObjectNode schema = JSON.objectNode();
    schema.put("optional", true);
    if (value.isObject()) {
      schema.put("type", "struct");
      ArrayNode fields = schema.putArray("fields");
      value
          .properties()
          .forEach(field -> fields.add(schema(field.getValue()).put("field", field.getKey())));
      return schema;
    }
    if (value.isArray()) {
      schema.put("type", "array");
      schema.set("items", schema(value.get(value.size() - 1)));
      return schema;
    }
    List<String> numbers = List.of("int64", "int64", "double");
    return schema.put(
        "type",
        value.isTextual()
            ? "string"
            : value.isBoolean()
                ? "boolean"
                : value.isFloatingPointNumber() ? "double" : numbers.get(random.nextInt(3)));
  }
}
