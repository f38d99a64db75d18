package io.tidemark.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.connector.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration of a source that users are told to post. */
class ConfigFolderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> requests() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.root().resolve("config"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> props(file).get("connector.class").contains("DeltaSourceConnector"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isAcceptedAsItStands(Path file) {
    Map<String, String> props = props(file);
    assertThat(Props.errors(props)).isEmpty();
    assertThat(new DeltaSourceConfig(props).requiresExactlyOnce()).isTrue();
    assertThat(props)
        .containsEntry("connector.class", "io.tidemark.source.DeltaSourceConnector")
        .containsEntry("transaction.boundary", "connector");
  }

  private static Map<String, String> props(Path file) {
    try {
      JsonNode request = JSON.readTree(file.toFile());
      Map<String, String> props =
          JSON.convertValue(request.get("config"), new TypeReference<Map<String, String>>() {});
      props.put("name", request.get("name").asText());
      // As the worker's config provider does it.
      props.replaceAll((key, value) -> value.replace("${env:QUICKSTART_DIR}", "/data/quickstart"));
      return props;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
