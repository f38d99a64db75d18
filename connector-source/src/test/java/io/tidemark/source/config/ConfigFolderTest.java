package io.tidemark.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.connector.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration of a source that users are told to post. */
class ConfigFolderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Sample> samples() throws IOException {
    return Sample.of("io.tidemark.source.DeltaSourceConnector");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isAcceptedAsItStands(Sample sample) throws IOException {
    Map<String, String> props = props(sample);
    assertThat(Props.errors(props)).isEmpty();
    DeltaSourceConfig config = new DeltaSourceConfig(props);
    assertThat(config.requiresExactlyOnce()).isTrue();
    assertThat(config.unknownKeys()).isEmpty();
    assertThat(props)
        .containsEntry("connector.class", "io.tidemark.source.DeltaSourceConnector")
        .containsEntry("transaction.boundary", "connector")
        .containsKeys("key.converter", "value.converter");
  }

  private static Map<String, String> props(Sample sample) throws IOException {
    JsonNode request = JSON.readTree(sample.json());
    Map<String, String> props =
        JSON.convertValue(
            request.has("config") ? request.get("config") : request,
            new TypeReference<Map<String, String>>() {});
    props.put("name", request.path("name").asText("orders"));
    // As the worker's config provider does it.
    props.replaceAll((key, value) -> value.replace("${env:QUICKSTART_DIR}", "/data/quickstart"));
    return props;
  }
}
