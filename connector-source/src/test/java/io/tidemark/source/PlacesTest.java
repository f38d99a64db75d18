package io.tidemark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {

  @TempDir private Path directory;

  @Test
  void refusesATableThatCanBeNowhere() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThat(errors("table.path", file + "/orders"))
        .singleElement()
        .asString()
        .contains("not a directory");
    assertThat(errors("table.paths", directory + "/a," + file + "/b"))
        .singleElement()
        .asString()
        .contains("table.paths", file + "/b");
    assertThat(errors("table.path", directory + "/" + "x".repeat(256)))
        .singleElement()
        .asString()
        .contains("256 bytes");
    assertThat(errors("table.path", directory + "/missing")).isEmpty();
  }

  private static List<String> errors(String key, String value) {
    Map<String, String> props = new HashMap<>();
    props.put("connector.class", "io.tidemark.source.DeltaSourceConnector");
    props.put("topic", "orders");
    props.put(key, value);
    return new DeltaSourceConnector()
        .validate(props).configValues().stream()
            .map(ConfigValue::errorMessages)
            .flatMap(List::stream)
            .toList();
  }
}
