package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFileTest {

  private static final Map<String, String> WORDS =
      Map.of(
          "BOOTSTRAP", "127.0.0.1:9092",
          "NAME", "run-1",
          "TOPIC", "orders-4",
          "TASKS", "2",
          "OUT", "s3a://bucket/run-1",
          "OUTPUT", "run-1-out",
          "TABLE", "/tables/orders");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tidemark.json",
        "tidemark-source.json",
        "tidemark-windows.json",
        "iceberg.json",
        "nothing.json"
      })
  void fillsEveryWordOfEachConnector(String file) throws IOException {
    JsonNode document =
        ConnectorFile.read(Path.of("connectors", file)).document(WORDS, Map.of("key", "value"));

    assertThat(document.toString()).doesNotContain("@");
    assertThat(document.path("name").asText()).isEqualTo("run-1");
    assertThat(document.at("/config/tasks.max").asText()).isEqualTo("2");
    assertThat(document.at("/config/key").asText()).isEqualTo("value");
  }

  @Test
  void overridesKeysOfTheFile() throws IOException {
    JsonNode document =
        ConnectorFile.read(Path.of("connectors/tidemark.json"))
            .document(WORDS, Map.of("commit.interval.ms", "100"));

    assertThat(document.at("/config/commit.interval.ms").asText()).isEqualTo("100");
    assertThat(document.at("/config/table.path").asText()).isEqualTo("s3a://bucket/run-1/orders");
  }
}
