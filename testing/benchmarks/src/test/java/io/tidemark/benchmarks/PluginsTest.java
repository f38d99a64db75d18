package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.benchmarks.nothing.NothingConnector;
import io.tidemark.benchmarks.nothing.NothingTask;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  @TempDir Path directory;

  @Test
  void packsTheSinkThatDoesNothingSoThatAWorkerFindsIt() throws IOException {
    Path path = new Plugins(setup()).nothing();
    URL jar = path.resolve("nothing/nothing.jar").toUri().toURL();

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar}, SinkConnector.class.getClassLoader())) {
      assertThat(loader.findResource(classFile(NothingConnector.class))).isNotNull();
      assertThat(loader.findResource(classFile(NothingTask.class))).isNotNull();
      assertThat(ServiceLoader.load(SinkConnector.class, loader).stream())
          .anyMatch(found -> found.type().getName().equals(NothingConnector.class.getName()));
    }
  }

  @Test
  void knowsWhichClassesAPluginHas() {
    Path path = new Plugins(setup()).nothing();

    assertThat(Plugins.have(path, NothingTask.class.getName())).isTrue();
    assertThat(Plugins.have(path, "io.tidemark.converters.NoConverter")).isFalse();
  }

  @Test
  void countsTheRecordsThatItDropsByTask() throws IOException {
    NothingConnector connector = new NothingConnector();
    connector.start(Map.of("count.directory", directory.resolve("counts").toString()));
    SinkRecord record = new SinkRecord("orders", 0, null, null, null, null, 0);
    for (Map<String, String> config : connector.taskConfigs(2)) {
      NothingTask task = new NothingTask();
      task.start(config);
      task.put(List.of(record, record, record));
      task.put(List.of());
      task.put(List.of(record));
      task.stop();
    }

    assertThat(new CountFiles(directory.resolve("counts")).records()).isEqualTo(8);
  }

  @Test
  void refusesADirectoryThatHasFilesOfAnotherRun() throws IOException {
    assertThatCode(setup()::requireEmpty).doesNotThrowAnyException();

    Files.createDirectories(directory.resolve("run"));
    assertThatCode(setup()::requireEmpty).doesNotThrowAnyException();

    Files.writeString(directory.resolve("run/figures.csv"), "");
    assertThatThrownBy(setup()::requireEmpty).hasMessageContaining("TM-989");
  }

  @Test
  void namesTheVersionThatIsMeasured() {
    assertThat(setup().version()).isEqualTo("1.2.3-SNAPSHOT");
  }

  private Setup setup() {
    return new Setup(
        directory,
        directory.resolve("tidemark-kafka-connect-delta-1.2.3-SNAPSHOT.zip"),
        directory.resolve("run"),
        directory.resolve("peers"),
        Options.parse("sink"));
  }

  private static String classFile(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }
}
