package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Records;
import io.tidemark.cluster.Topics;
import io.tidemark.cluster.WorkerConfig;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A connector that another Kafka cluster was put under: a worker of that cluster, the checkpoint
 * location and the table as they were.
 */
class OtherClusterIT {

  private static final Cluster CLUSTER = Cluster.shared();
  private static KafkaBroker broker;
  private static ConnectWorker worker;
  private static Topics topics;
  private static Records records;

  @BeforeAll
  static void startTheOther() throws IOException {
    Path directory = CLUSTER.fresh("other-cluster");
    broker = new KafkaBroker(directory.resolve("broker"));
    broker.start();
    worker =
        new ConnectWorker(
            directory.resolve("worker"),
            new WorkerConfig(broker.bootstrapServers(), "other-cluster", CLUSTER.plugins()),
            "384m",
            FreePorts.any());
    worker.launch();
    topics = new Topics(broker.bootstrapServers());
    records = new Records(broker.bootstrapServers());
  }

  @AfterAll
  static void endIt() {
    records.close();
    topics.close();
    worker.close();
    broker.close();
  }

  @Test
  void failsOfAnotherClusterAndReadsItsTopicWhenItsCommandHasRun() throws Exception {
    Path table = CLUSTER.fresh("elsewhere").resolve("table");
    Map<String, String> config = sink("elsewhere", table);
    CLUSTER.topics.create("elsewhere", 2);
    send(CLUSTER.records, "elsewhere", 0, 0, 10);
    send(CLUSTER.records, "elsewhere", 1, 10, 20);
    readHere("elsewhere", config);
    int versions = versions(table);

    // Shorter, and with other records at the same offsets.
    topics.create("elsewhere", 2);
    send(records, "elsewhere", 0, 100, 107);
    send(records, "elsewhere", 1, 107, 110);
    worker.awaitReady();
    worker.rest().put("elsewhere", config);
    String failure = CLUSTER.awaitFailure(worker.rest(), "elsewhere", "TM-");
    assertThat(failure)
        .contains("TM-183", "topic elsewhere", "Nothing was written")
        .contains("reads cluster " + id(broker.bootstrapServers()))
        .contains("have records of cluster " + id(CLUSTER.broker.bootstrapServers()))
        .contains(
            "bin/tidemark rebase --checkpoint "
                + table
                + "-checkpoint --topic elsewhere --bootstrap-server <brokers> --execute")
        .contains("set on.topic.recreated=rebase-across-clusters");

    // It may be a copy, whose rows would be there twice.
    config.put("on.topic.recreated", "rebase");
    worker.rest().put("elsewhere", config);
    assertThat(CLUSTER.awaitNextFailure(worker, "elsewhere")).contains("TM-183");
    assertThat(rows(table)).containsExactlyElementsOf(here());
    assertThat(versions(table)).isEqualTo(versions);

    worker.rest().stop("elsewhere");
    Command command = new Command(CLUSTER);
    Command.Run refused = command.obey(failure, broker.bootstrapServers());
    assertThat(refused.code()).as(refused.out()).isEqualTo(3);
    assertThat(refused.err()).contains("TM-602", "add --force");
    Command.Run rebased = command.obey(failure, broker.bootstrapServers(), "--force");
    assertThat(rebased.code()).as(rebased.err()).isZero();
    assertThat(rebased.out()).contains("10 offsets are read again").contains("is written");
    config.remove("on.topic.recreated");
    worker.rest().put("elsewhere", config);
    worker.rest().resume("elsewhere");
    awaitRead("elsewhere");
    assertThat(rows(table))
        .containsExactlyElementsOf(
            Stream.of(here().stream(), rows(0, 100, 107), rows(1, 107, 110))
                .flatMap(rows -> rows)
                .toList());

    // It stays with that cluster.
    send(records, "elsewhere", 1, 110, 112);
    awaitRead("elsewhere");
    assertThat(rows(table)).hasSize(32);
    Command.Run verified = command.run("verify", table + "-checkpoint");
    assertThat(verified.out())
        .contains("explained", "elsewhere-0", "elsewhere-1", "Every offset is accounted for");
    assertThat(verified.code()).as(verified.err()).isZero();
    worker.rest().delete("elsewhere");
  }

  @Test
  void readsOnInACopyWithTheSameOffsetsWhenTheyWereSetThroughRest() throws Exception {
    Path table = CLUSTER.fresh("linked").resolve("table");
    Map<String, String> config = sink("linked", table);
    CLUSTER.topics.create("linked", 1);
    send(CLUSTER.records, "linked", 0, 0, 10);
    readHere("linked", config);

    topics.create("linked", 1);
    send(records, "linked", 0, 0, 15);
    worker.awaitReady();
    worker.rest().put("linked", config);
    assertThat(CLUSTER.awaitFailure(worker.rest(), "linked", "TM-"))
        .contains("TM-183")
        .contains(
            "reset its offsets to their present values, with PATCH /connectors/<name>/offsets");
    worker.rest().stop("linked");
    worker.rest().alterOffsets("linked", offsets("linked", 10));
    worker.rest().resume("linked");
    awaitRead("linked");
    assertThat(rows(table)).containsExactlyElementsOf(rows(0, 0, 15).toList());
    worker.rest().delete("linked");
  }

  @Test
  void readsTheTopicOfAnotherClusterByItselfWhenToldTo() throws Exception {
    Path table = CLUSTER.fresh("replaced").resolve("table");
    Map<String, String> config = sink("replaced", table);
    config.put("on.topic.recreated", "rebase-across-clusters");
    CLUSTER.topics.create("replaced", 1);
    send(CLUSTER.records, "replaced", 0, 0, 10);
    readHere("replaced", config);

    // Longer, so that no offset tells.
    topics.create("replaced", 1);
    send(records, "replaced", 0, 100, 115);
    worker.awaitReady();
    worker.rest().put("replaced", config);
    Cluster.PATIENCE.await("both topics are in the table", () -> rows(table).size() >= 25);
    assertThat(rows(table))
        .containsExactlyElementsOf(Stream.concat(rows(0, 0, 10), rows(0, 100, 115)).toList());
    worker.rest().delete("replaced");
  }

  private static Map<String, String> sink(String name, Path table) {
    return CLUSTER.sink(
        name,
        table,
        "metadata.columns",
        "topic,partition,offset",
        "audit.offset.continuity",
        "fail",
        "on.topic.recreated",
        "fail");
  }

  /** Runs the connector on the cluster that all tests share, and takes it away from there. */
  private static void readHere(String name, Map<String, String> config) {
    CLUSTER.rest().put(name, config);
    CLUSTER.awaitCommitted(name, name);
    CLUSTER.rest().delete(name);
  }

  private static void send(Records to, String topic, int partition, int from, int end) {
    for (int id = from; id < end; id++) {
      to.send(topic, partition, null, "{\"id\":" + id + "}");
    }
    to.flush();
  }

  private static void awaitRead(String name) {
    Cluster.PATIENCE.await(
        "the table has every record of " + name,
        () -> worker.rest().running(name, 1) && topics.lag("connect-" + name, name) == 0);
  }

  private static String id(String brokers) throws Exception {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
      return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
    }
  }

  private static int versions(Path table) {
    return CLUSTER.spark().history(table).size();
  }

  private static List<String> here() {
    return Stream.concat(rows(0, 0, 10), rows(1, 10, 20)).toList();
  }

  /** Those of one partition, from its offset 0 on. */
  private static Stream<String> rows(int partition, int from, int end) {
    return IntStream.range(from, end).mapToObj(id -> id + " " + partition + "@" + (id - from));
  }

  /** Id, partition and offset of every row, by id, doubles and all. */
  private static List<String> rows(Path table) {
    return CLUSTER
        .spark()
        .query(
            "SELECT id, _kafka_partition AS part, _kafka_offset AS place FROM "
                + SparkJudge.name(table)
                + " ORDER BY id")
        .stream()
        .map(
            row ->
                row.path("id").asLong()
                    + " "
                    + row.path("part").asInt()
                    + "@"
                    + row.path("place").asLong())
        .toList();
  }

  private static ObjectNode offsets(String topic, long offset) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    ObjectNode entry = document.putArray("offsets").addObject();
    entry.putObject("partition").put("kafka_topic", topic).put("kafka_partition", 0);
    entry.putObject("offset").put("kafka_offset", offset);
    return document;
  }
}
