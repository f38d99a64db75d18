package io.tidemark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sink.config.DeltaSinkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationClaimTest {

  @TempDir private Path directory;

  @Test
  void startsAConnectorAndHandsItsTasksTheQueryId() throws IOException {
    DeltaSinkConnector connector = new DeltaSinkConnector();
    connector.start(props("orders"));
    List<Map<String, String>> tasks = connector.taskConfigs(2);
    assertThat(Files.readString(location().resolve("metadata")))
        .contains(tasks.get(0).get("tidemark.query.id"));
    assertThat(location().resolve("owners/0")).content().contains("\"orders\"");
    assertThatCode(() -> claim(tasks.get(1)).join()).doesNotThrowAnyException();
    connector.stop();

    DeltaSinkConnector restarted = new DeltaSinkConnector();
    restarted.start(props("orders"));
    assertThat(restarted.taskConfigs(2)).as("or all tasks would restart").isEqualTo(tasks);
  }

  @Test
  void refusesAConnectorOnTheLocationOfAnotherByValidationAndAtItsStart() {
    new DeltaSinkConnector().start(props("orders"));
    assertThat(errors(props("orders"))).isEmpty();
    assertThat(errors(props("other")))
        .singleElement()
        .asString()
        .contains(
            "checkpoint.location",
            "connector orders",
            "checkpoint.location.taken.over.from=orders");
    assertThatThrownBy(() -> new DeltaSinkConnector().start(props("other")))
        .hasMessageContaining("TM-168");

    Map<String, String> renamed = props("renamed");
    renamed.put("checkpoint.location.taken.over.from", "orders");
    assertThat(errors(renamed)).isEmpty();
    new DeltaSinkConnector().start(renamed);
    assertThat(errors(props("orders"))).singleElement().asString().contains("connector renamed");
  }

  @Test
  void refusesPlacesThatCannotBeUsedByValidationAndAtOnceAtItsStart() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    Map<String, String> codes =
        Map.of(
            "table.path", "TM-245", "table.base.path", "TM-245", "checkpoint.location", "TM-701");
    codes.forEach(
        (key, code) -> {
          for (String place : List.of(file + "/x", "/proc/x", directory + "/" + "x".repeat(256))) {
            Map<String, String> props = props("orders");
            if (key.equals("table.base.path")) {
              props.remove("table.path");
            }
            props.put(key, place);
            assertThat(errors(props)).singleElement().asString().contains(key, place);
            assertThatThrownBy(() -> new DeltaSinkConnector().start(props))
                .hasMessageContainingAll(code, place);
            props.put("tidemark.query.id", "of the connector");
            assertThatThrownBy(() -> claim(props).join()).hasMessageContainingAll(code, place);
          }
        });
    assertThat(location()).doesNotExist();
  }

  @Test
  void looksAtThePlacesOfAConnectorThatHasNoNameYet() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    Map<String, String> props = props("orders");
    props.remove("name");
    assertThat(errors(props)).isEmpty();
    props.put("table.path", file + "/x");
    assertThat(errors(props)).singleElement().asString().contains("not a directory");
  }

  @Test
  void refusesALocationThatIsInTheTableByAnotherName() throws IOException {
    Files.createDirectories(directory.resolve("table"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("table"));
    Map<String, String> props = props("orders");
    props.put("checkpoint.location", link + "/checkpoint");
    assertThat(errors(props)).singleElement().asString().contains("VACUUM");
    props.put("checkpoint.location", "file:" + directory + "/table/checkpoint");
    assertThat(errors(props)).singleElement().asString().contains("VACUUM");
    props.put("checkpoint.location", link + "/_checkpoint");
    assertThat(errors(props)).isEmpty();
  }

  @Test
  void refusesToTakeOverFromItself() {
    Map<String, String> props = props("orders");
    props.put("checkpoint.location.taken.over.from", "orders");
    assertThat(errors(props)).singleElement().asString().contains("the name of this connector");
  }

  @Test
  void failsATaskThatHasAnotherDirectoryUnderThatName() throws IOException {
    DeltaSinkConnector connector = new DeltaSinkConnector();
    connector.start(props("orders"));
    Map<String, String> task = connector.taskConfigs(1).get(0);
    Files.move(location(), directory.resolve("on another machine"));
    assertThatThrownBy(() -> claim(task).join())
        .hasMessageContainingAll(
            "TM-169",
            location().toString(),
            "query id " + task.get("tidemark.query.id"),
            "this task finds none");
    assertThat(location()).as("nothing is made there").doesNotExist();

    Files.createDirectories(location());
    Files.writeString(location().resolve("metadata"), "{\"id\":\"another\"}");
    assertThatThrownBy(() -> claim(task).join())
        .hasMessageContaining("TM-169")
        .hasMessageContaining("reads another");
  }

  @Test
  void letsATaskWithoutAConnectorClaimTheLocationItself() {
    claim(props("orders")).join();
    assertThat(location().resolve("metadata")).exists();
    assertThatThrownBy(() -> claim(props("other")).join()).hasMessageContaining("TM-168");
  }

  @Test
  void failsATaskWhoseConnectorHasLostTheLocation() throws IOException {
    DeltaSinkConnector connector = new DeltaSinkConnector();
    connector.start(props("orders"));
    LocationClaim task = claim(connector.taskConfigs(1).get(0));
    task.join();
    task.require();
    Map<String, String> renamed = props("renamed");
    renamed.put("checkpoint.location.taken.over.from", "orders");
    new DeltaSinkConnector().start(renamed);
    assertThatThrownBy(task::require).hasMessageContaining("TM-168");
    assertThatThrownBy(() -> claim(connector.taskConfigs(1).get(0)).join())
        .hasMessageContaining("TM-168");
  }

  private static LocationClaim claim(Map<String, String> props) {
    DeltaSinkConfig config = new DeltaSinkConfig(props);
    return new LocationClaim(
        config, SinkParts.checkpoint(config, SinkParts.fileSystems(config)), ms -> {});
  }

  private static List<String> errors(Map<String, String> props) {
    return new DeltaSinkConnector()
        .validate(props).configValues().stream()
            .map(ConfigValue::errorMessages)
            .flatMap(List::stream)
            .toList();
  }

  private Path location() {
    return directory.resolve("checkpoint");
  }

  private Map<String, String> props(String name) {
    Map<String, String> props = new HashMap<>();
    props.put("name", name);
    props.put("topics", "orders");
    props.put("table.path", directory.resolve("table").toString());
    props.put("checkpoint.location", location().toString());
    return props;
  }
}
