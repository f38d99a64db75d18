package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.Records;
import io.tidemark.faults.KillPoint;
import io.tidemark.reader.StandaloneReader;
import io.tidemark.spark.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A topic, and the table and checkpoint location that Spark and a connector fill in turns. */
final class SharedQuery {

  private static final int PARTITIONS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  final Path table;
  final Path checkpoint;

  private final Cluster cluster;
  private final String topic;
  private final String partitionColumn;
  private final String offsetColumn;
  private final Query query;
  private final Map<String, String> config;
  private final List<String> wanted = new ArrayList<>();
  private final long[] nextOffsets = new long[PARTITIONS];

  /**
   * @param partitionColumn column of the table with the Kafka partition
   * @param offsetColumn column of the table with the offset
   * @param columns of the Spark query
   * @param config of the connector, beyond what all have
   */
  SharedQuery(
      Cluster cluster,
      String topic,
      String partitionColumn,
      String offsetColumn,
      List<String> columns,
      String... config)
      throws IOException {
    this.cluster = cluster;
    this.topic = topic;
    this.partitionColumn = partitionColumn;
    this.offsetColumn = offsetColumn;
    this.table = cluster.fresh(topic).resolve("table");
    this.checkpoint = Path.of(table + "-checkpoint");
    this.query =
        Query.of(
            cluster.broker.bootstrapServers(),
            topic,
            table,
            checkpoint,
            columns.toArray(String[]::new));
    this.config = cluster.sink(topic, table, config);
    cluster.topics.create(topic, PARTITIONS);
  }

  Query query() {
    return query;
  }

  /** Sends so many records more. */
  void send(int count) {
    send(count, cluster.records);
  }

  /** Sends them in a transaction: the last offset of each partition is that of its marker. */
  void sendInTransaction(int count) {
    Map<String, Object> transactional = Map.of("transactional.id", topic);
    try (Records records = new Records(cluster.broker.bootstrapServers(), transactional)) {
      records.producer().initTransactions();
      records.producer().beginTransaction();
      send(count, records);
      records.producer().commitTransaction();
    }
    Arrays.setAll(nextOffsets, partition -> nextOffsets[partition] + 1);
  }

  private void send(int count, Records records) {
    for (int end = wanted.size() + count; wanted.size() < end; ) {
      int id = wanted.size();
      int partition = id % PARTITIONS;
      records.send(topic, partition, null, "{\"id\":%d,\"text\":\"record %d\"}".formatted(id, id));
      wanted.add(partition + "@" + nextOffsets[partition]++);
    }
    records.flush();
  }

  /** Runs the connector until the table has every record, and stops it. */
  void runConnector() {
    startConnector();
    cluster.awaitCommitted(topic, topic);
    stopConnector();
  }

  /**
   * Runs the connector in a worker of its own, which dies there, and started again until the table
   * has every record.
   */
  void runConnectorThrough(KillPoint point) throws IOException {
    delete();
    Map<String, String> dying = new TreeMap<>(config);
    dying.put("consumer.override.session.timeout.ms", "3000");
    dying.put("consumer.override.heartbeat.interval.ms", "500");
    try (DyingWorker worker = new DyingWorker(cluster, topic, () -> {})) {
      worker.dieAt(point, dying);
      worker.live();
    }
  }

  /** Starts the connector. */
  void startConnector() {
    cluster.rest().put(topic, config);
    cluster.rest().resume(topic);
  }

  /** Ends the connector's tasks. */
  void stopConnector() {
    cluster.rest().stop(topic);
    Cluster.PATIENCE.await(
        "the tasks end", () -> cluster.rest().status(topic).path("tasks").isEmpty());
  }

  /** Waits until the connector has failed, and returns why. */
  String awaitFailure() {
    return cluster.awaitFailure(topic);
  }

  void delete() {
    cluster.rest().delete(topic);
  }

  /** Every record is in the table once, by partition and offset, and each batch has one version. */
  void judge() throws IOException {
    List<String> found = new ArrayList<>();
    new StandaloneReader(table)
        .rows(row -> found.add(row.integer(partitionColumn) + "@" + row.number(offsetColumn)));
    assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
    List<Long> transactions = transactions();
    for (int i = 1; i < transactions.size(); i++) {
      assertThat(transactions.get(i)).isGreaterThan(transactions.get(i - 1));
    }
  }

  /** Batches of the query, one per table version that has one, oldest first. */
  private List<Long> transactions() throws IOException {
    String queryId = JSON.readTree(checkpoint.resolve("metadata").toFile()).path("id").asText();
    List<Long> batches = new ArrayList<>();
    try (Stream<Path> versions = Files.list(table.resolve("_delta_log"))) {
      for (Path version :
          versions.filter(SharedQuery::isVersion).sorted(Comparator.naturalOrder()).toList()) {
        for (String line : Files.readAllLines(version)) {
          JsonNode transaction = JSON.readTree(line).path("txn");
          if (!transaction.isMissingNode()) {
            assertThat(transaction.path("appId").asText()).isEqualTo(queryId);
            batches.add(transaction.path("version").asLong());
          }
        }
      }
    }
    assertThat(batches).isNotEmpty();
    return batches;
  }

  private static boolean isVersion(Path file) {
    return file.getFileName().toString().matches("[0-9]{20}\\.json");
  }

  /** Number of the newest entry of a log. */
  long newest(String log) throws IOException {
    try (Stream<Path> entries = Files.list(checkpoint.resolve(log))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .mapToLong(Long::parseLong)
          .max()
          .orElseThrow();
    }
  }
}
