package io.tidemark.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.connector.Checkout;
import io.tidemark.connector.Sample;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that users are told to post or to start a worker with. */
class ConfigFolderTest {

  private static final Path FOLDER = Checkout.root().resolve("config");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUICKSTART_DIR = "/tmp/quickstart";

  static List<Sample> samples() throws IOException {
    return Sample.of("io.tidemark.sink.DeltaSinkConnector");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isAcceptedAsItStands(Sample sample) throws IOException {
    Map<String, String> props = resolved(sample.json());
    assertThat(Props.errors(props)).isEmpty();
    DeltaSinkConfig config = new DeltaSinkConfig(props);
    assertThat(config.checkpointLocation()).matches("(/|s3a://).*");
    assertThat(config.unknownKeys()).isEmpty();
    assertThat(props)
        .containsEntry("connector.class", "io.tidemark.sink.DeltaSinkConnector")
        .allSatisfy((key, value) -> assertThat(value).doesNotContain("${env"));
  }

  /** Connect's own default is JSON with a schema in each record, which few producers send. */
  @ParameterizedTest
  @MethodSource("samples")
  void namesItsConvertersWhateverThoseOfTheWorkerAre(Sample sample) throws IOException {
    assertThat(resolved(sample.json())).containsKeys("key.converter", "value.converter");
  }

  @Test
  void findsTheSamplesOfFilesAndPages() throws IOException {
    assertThat(samples())
        .extracting(Sample::file)
        .contains(
            "config/orders-to-delta.json",
            "deploy/msk-connect/create-connector.json",
            "deploy/strimzi/orders-to-delta.yaml",
            "docs/operating/spark-handover.md");
  }

  @ParameterizedTest
  @CsvSource({
    "quickstart-orders.json, orders-to-delta, lake/orders",
    "quickstart-revenue.json, revenue-per-product, lake/revenue"
  })
  void quickstartStaysInsideItsDirectory(String file, String name, String table)
      throws IOException {
    DeltaSinkConfig config = new DeltaSinkConfig(resolved(Files.readString(FOLDER.resolve(file))));
    assertThat(config.connectorName()).isEqualTo(name);
    assertThat(location(config, "orders")).isEqualTo(QUICKSTART_DIR + "/" + table);
    assertThat(config.checkpointLocation()).isEqualTo(QUICKSTART_DIR + "/checkpoints/" + name);
  }

  @Test
  void topicsGoToTablesOfTheirOwn() throws IOException {
    DeltaSinkConfig config =
        new DeltaSinkConfig(resolved(Files.readString(FOLDER.resolve("topics-to-tables.json"))));
    assertThat(location(config, "shop.refunds")).isEqualTo("/data/lake/shop/refunds");
  }

  /**
   * As the worker of {@code worker.properties} would replace variables, and as REST adds the name.
   */
  private static Map<String, String> resolved(String json) throws IOException {
    Properties worker = new Properties();
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve("worker.properties"))) {
      worker.load(reader);
    }
    assertThat(worker)
        .containsEntry("config.providers", "env")
        .containsEntry("config.providers.env.class", EnvVarConfigProvider.class.getName());

    try (EnvVarConfigProvider provider =
        new EnvVarConfigProvider(Map.of("QUICKSTART_DIR", QUICKSTART_DIR, "HOME", "/home"))) {
      provider.configure(
          Map.of(
              EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG,
              worker.getProperty("config.providers.env.param.allowlist.pattern")));
      JsonNode body = JSON.readTree(json);
      Map<String, String> props =
          JSON.convertValue(
              body.has("config") ? body.get("config") : body,
              new TypeReference<Map<String, String>>() {});
      props = new TreeMap<>(new ConfigTransformer(Map.of("env", provider)).transform(props).data());
      props.put("name", body.path("name").asText("orders"));
      return props;
    }
  }

  private static String location(DeltaSinkConfig config, String topic) {
    return config.router().location(new SinkRecord(topic, 0, null, null, null, null, 0));
  }
}
