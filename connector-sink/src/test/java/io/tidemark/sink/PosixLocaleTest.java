package io.tidemark.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose JVM cannot name a file é, as under {@code LC_ALL=C}. */
@EnabledOnOs(OS.LINUX)
class PosixLocaleTest {

  @TempDir private Path directory;

  @Test
  void refusesSuchLocationsAtTheirKeysAndTakesSuchPartitionValues() throws Exception {
    List<String> said = child();
    assertThat(said)
        .as("the encoding of the child, or the test shows nothing")
        .contains("encoding ANSI_X3.4-1968");
    for (String key : List.of("table.path", "table.base.path", "checkpoint.location")) {
      assertThat(said)
          .filteredOn(line -> line.startsWith(key + " "))
          .singleElement()
          .asString()
          .contains("sun.jnu.encoding", "ANSI_X3.4-1968", "LC_ALL=C.UTF-8");
    }
    assertThat(said).contains("landed");
    Path table = directory.resolve("table");
    try (Stream<Path> files = Files.walk(table)) {
      assertThat(files.map(Path::toString))
          .allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
    }
    assertThat(Files.readString(table.resolve("_delta_log/00000000000000000001.json")))
        .contains("\"partitionValues\":{\"region\":\"é\"}");
    assertThat(new DeltaReadableTables(new HadoopFileSystems(Map.of())).open(table.toString()))
        .isNotNull();
  }

  private List<String> child() throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }

  /** What the child runs. */
  static final class Worker {

    private Worker() {}

    /**
     * @param args a directory
     */
    public static void main(String[] args) {
      System.out.println("encoding " + System.getProperty("sun.jnu.encoding"));
      String directory = args[0];
      for (String key : List.of("table.path", "table.base.path", "checkpoint.location")) {
        Map<String, String> props = new HashMap<>();
        props.put("name", "orders");
        props.put("topics", "orders");
        props.put("checkpoint.location", directory + "/elsewhere");
        if (!key.equals("table.base.path")) {
          props.put("table.path", directory + "/table");
        }
        props.put(key, directory + "/caf\u00e9");
        for (ConfigValue value : new DeltaSinkConnector().validate(props).configValues()) {
          value.errorMessages().forEach(text -> System.out.println(value.name() + " " + text));
        }
      }
      try (LocalTask task =
          new LocalTask(
              Map.of(
                  "table.path",
                  directory + "/table",
                  "checkpoint.location",
                  directory + "/checkpoint",
                  "table.partition.by",
                  "region"))) {
        task.land(List.of(Map.of("id", 1L, "region", "\u00e9")));
      }
      System.out.println("landed");
      System.exit(0);
    }
  }
}
