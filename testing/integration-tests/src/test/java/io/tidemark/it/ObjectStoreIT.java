package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.reader.SparkJudge;
import io.tidemark.stores.Lake;
import io.tidemark.stores.RequestKind;
import io.tidemark.stores.RequestProxy;
import io.tidemark.stores.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sink, windows and source with tables and checkpoint locations on an S3 server. */
class ObjectStoreIT {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectStoreIT.class);

  /** What Spark needs of the zip to read s3a; it has the rest itself. */
  private static final String CLIENT_JARS =
      "(hadoop-aws|analyticsaccelerator|httpclient|httpcore|eventstream|reactive-streams|[a-z0-9-]+-2\\.35\\.).*";

  private static final long INTERVAL_MS = Long.getLong("tidemark.commit.interval.ms", 500);

  /** The driver's first pause between two looks. */
  private static final long POLL_MS = Math.min(1_000, INTERVAL_MS / 5);

  /** Orders that close the windows, one for each partition. */
  private static final int CLOSING = 3;

  private static S3Server server;
  private static RequestProxy proxy;
  private static Lake lake;

  private final Cluster cluster = Cluster.shared();

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(Cluster.shared().fresh("s3"), "lake");
    proxy = RequestProxy.start(server.endpoint());
    lake = Lake.bucket(server, proxy.endpoint());
  }

  @AfterAll
  static void stop() {
    proxy.close();
    server.close();
  }

  @Test
  void landsRowsAndWindowsOnceAndStreamsTheRowsBackThoughTheWorkerIsKilled()
      throws IOException, InterruptedException {
    Orders orders = new Orders(cluster, "s3-orders", 3, 5 * Orders.MINUTE_MS, 5 * Orders.MINUTE_MS);
    cluster.topics.create("s3-back", 2);
    try (ConnectWorker worker = cluster.lone("s3", cluster.plugins(), "640m")) {
      worker.launch();
      worker.awaitReady();
      worker.rest().put("s3-windows", onS3("windows", orders.sink(lake.files("windows"))));
      worker
          .rest()
          .put(
              "s3-rows",
              onS3(
                  "rows",
                  cluster.sink(
                      "s3-orders",
                      lake.files("rows"),
                      "tasks.max",
                      "2",
                      "metadata.columns",
                      "partition,offset")));
      for (int round = 0; round < 2; round++) {
        orders.send(2_000);
        int before = orders.sent() - 1_000;
        Cluster.PATIENCE.await("rows are committed", () -> rows("rows") > before);
        orders.send(1_000);
        worker.process().kill();
        LOG.info("killed the worker after {} orders", orders.sent());
        worker.launch();
        worker.awaitReady();
      }
      Map<String, String> source =
          cluster.source(lake.files("rows"), "s3-back", "key.fields", "product");
      worker.rest().put("s3-source", onS3("rows", source));
      orders.send(1_000);
      orders.close();
      cluster.awaitCommitted(worker.rest(), "s3-windows", "s3-orders");
      cluster.awaitCommitted(worker.rest(), "s3-rows", "s3-orders");
      orders.judge(lake.files("windows"));
      try (CommittedTopic back = new CommittedTopic(cluster, "s3-back")) {
        Cluster.PATIENCE.await(
            "all rows are streamed back", () -> back.count() >= orders.sent() + CLOSING);
        assertThat(back.read()).hasSize(orders.sent() + CLOSING);
      }
      for (String connector : List.of("s3-source", "s3-windows", "s3-rows")) {
        worker.rest().delete(connector);
      }
    }
    judgeThroughS3(orders.sent() + CLOSING, orders.groups());
    auditThroughS3("rows");
    assertThat(proxy.requests())
        .as("markers of directories")
        .noneMatch(request -> request.kind() == RequestKind.PUT && request.path().endsWith("/"));
  }

  /** Spark with S3A and the jars of the zip, not through the server's files. */
  private void judgeThroughS3(long sent, long groups) throws IOException {
    Path spark = cluster.fresh("spark-s3");
    try (SparkJudge judge = new SparkJudge(spark, lake.hadoop(), clientJars())) {
      JsonNode rows =
          judge
              .query(
                  "SELECT count(*) AS rows, count(DISTINCT _kafka_partition, _kafka_offset) AS"
                      + " offsets FROM delta.`s3a://lake/rows`")
              .get(0);
      assertThat(rows.path("rows").asLong()).isEqualTo(sent);
      assertThat(rows.path("offsets").asLong()).isEqualTo(sent);
      assertThat(judge.number("SELECT count(*) FROM delta.`s3a://lake/windows`")).isEqualTo(groups);
      List<String> batches =
          judge.query("DESCRIBE HISTORY delta.`s3a://lake/rows`").stream()
              .filter(version -> version.path("operation").asText().equals("STREAMING UPDATE"))
              .map(version -> version.path("operationParameters").path("epochId").asText())
              .toList();
      assertThat(batches).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  /** Spark creates versions conditionally, too; each of the two loses races to the other. */
  @Test
  void sharesATableWithSparkThatCreatesVersionsConditionally()
      throws IOException, InterruptedException {
    int rounds = 12;
    cluster.topics.create("s3-shared", 1);
    cluster.rest().put("s3-shared", onS3("shared", cluster.sink("s3-shared", Path.of("any"))));
    commitOne("s3-shared", 0);
    try (SparkJudge spark =
        new SparkJudge(cluster.fresh("spark-s3"), lake.hadoop(), clientJars())) {
      for (int round = 1; round <= rounds; round++) {
        cluster.records.send("s3-shared", 0, null, "{\"id\":" + round + "}");
        cluster.records.flush();
        spark.query("INSERT INTO delta.`s3a://lake/shared` (id) VALUES (" + -round + ")");
      }
      cluster.awaitCommitted("s3-shared", "s3-shared");
      assertThat(spark.query("SELECT id FROM delta.`s3a://lake/shared`"))
          .extracting(row -> row.path("id").asInt())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(-rounds, rounds).boxed().toList());
    }
    cluster.rest().delete("s3-shared");
    auditThroughS3("shared");
  }

  /** The operators' command finds no fault in what the connector left. */
  private void auditThroughS3(String name) throws IOException, InterruptedException {
    List<String> args =
        new ArrayList<>(List.of("verify", lake.location(name + "-checkpoint"), "--rows"));
    lake.hadoop().forEach((key, value) -> args.addAll(List.of("--hadoop", key + "=" + value)));
    Command.Run audit = new Command(cluster).run(args.toArray(String[]::new));
    assertThat(audit.code()).as(audit.out() + audit.err()).isZero();
  }

  private List<Path> clientJars() throws IOException {
    try (Stream<Path> files = Files.walk(cluster.plugins())) {
      return files
          .filter(file -> file.getFileName().toString().matches(CLIENT_JARS))
          .filter(file -> file.toString().endsWith(".jar"))
          .toList();
    }
  }

  /** I/O budget: what a batch of one segment costs, the looks between batches among it. */
  @Test
  void spendsFewRequestsOnABatch() {
    String topic = "s3-budget";
    int batches = INTERVAL_MS < 10_000 ? 9 : 4;
    cluster.topics.create(topic, 1);
    Map<String, String> config = cluster.sink(topic, lake.files(topic));
    config.put("commit.interval.ms", String.valueOf(INTERVAL_MS));
    cluster.rest().put(topic, onS3(topic, config));
    commitOne(topic, 0);
    Map<RequestKind, Integer> before = requests(topic);
    long beganNanos = System.nanoTime();
    for (int batch = 1; batch <= batches; batch++) {
      commitOne(topic, batch);
    }
    Map<RequestKind, Integer> after = requests(topic);
    long batchMs = (System.nanoTime() - beganNanos) / 1_000_000 / batches;
    cluster.rest().delete(topic);
    LOG.info(
        "-Dtidemark.commit.interval.ms={}: {} batches, {}",
        INTERVAL_MS,
        batches,
        spent(before, after));
    if (batches < 9) {
      proxy.requests().stream()
          .filter(request -> request.path().contains(topic))
          .forEach(request -> LOG.info("{} {}", request.kind(), request.path()));
    }
    // Segment, plan, offsets, commit; data file, version of the table and its checksum.
    assertThat(spent(before, after).get(RequestKind.PUT)).isLessThanOrEqualTo(7 * batches + 3);
    // A look that finds nothing is a LIST and a HEAD, and doubles the pause until the next one.
    int looks = batches * (1 + 64 - Long.numberOfLeadingZeros(batchMs / POLL_MS));
    assertThat(spent(before, after).get(RequestKind.LIST)).isLessThanOrEqualTo(batches + looks);
    assertThat(
            spent(before, after).get(RequestKind.GET) + spent(before, after).get(RequestKind.HEAD))
        .isLessThanOrEqualTo(5 * batches + looks);
  }

  private void commitOne(String topic, int number) {
    cluster.records.send(topic, 0, null, "{\"id\":" + number + "}");
    cluster.records.flush();
    cluster.awaitCommitted(topic, topic);
  }

  private static Map<RequestKind, Integer> requests(String name) {
    Map<RequestKind, Integer> sum = new EnumMap<>(RequestKind.class);
    for (RequestKind kind : RequestKind.values()) {
      sum.put(kind, 0);
    }
    proxy.requests().stream()
        .filter(request -> request.path().contains(name))
        .forEach(request -> sum.merge(request.kind(), 1, Integer::sum));
    return sum;
  }

  private static Map<RequestKind, Integer> spent(
      Map<RequestKind, Integer> before, Map<RequestKind, Integer> after) {
    Map<RequestKind, Integer> spent = new EnumMap<>(after);
    before.forEach((kind, count) -> spent.merge(kind, -count, Integer::sum));
    return spent;
  }

  @Test
  void saysWithinSecondsThatTheBucketDoesNotExist() {
    cluster.topics.create("s3-nowhere", 1);
    Map<String, String> config = onS3("nowhere", cluster.sink("s3-nowhere", Path.of("any")));
    config.put("checkpoint.location", "s3a://no-such-bucket/nowhere-checkpoint");
    cluster.rest().put("s3-nowhere", config);
    Cluster.PATIENCE.await(
        "the connector fails with TM-707",
        () ->
            cluster
                .rest()
                .status("s3-nowhere")
                .at("/connector/trace")
                .asText()
                .contains("TM-707 Cannot use location s3a://no-such-bucket/nowhere-checkpoint"));
    cluster.rest().delete("s3-nowhere");
  }

  private long rows(String name) {
    return Files.exists(lake.files(name).resolve("_delta_log/00000000000000000000.json"))
        ? cluster.spark().rows(lake.files(name))
        : 0;
  }

  /** A configuration with table and checkpoint location on the S3 server. */
  private static Map<String, String> onS3(String name, Map<String, String> config) {
    config.put("table.path", lake.location(name));
    if (config.containsKey("checkpoint.location")) {
      config.put("checkpoint.location", lake.location(name + "-checkpoint"));
    }
    config.putAll(lake.connectorKeys());
    return config;
  }
}
