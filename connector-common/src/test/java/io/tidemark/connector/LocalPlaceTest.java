package io.tidemark.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalPlaceTest {

  @TempDir private Path directory;

  @Test
  void takesWhatIsThereAndWhatCanBeMade() {
    assertThat(complaint(directory.toString())).isEmpty();
    assertThat(complaint(directory.resolve("a/b/c").toString())).isEmpty();
    assertThat(complaint("file://" + directory + "/täglich 100%20")).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesAPathThroughAFileOrADeadLink() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThat(complaint(file + "/orders")).contains(file + " is a file");
    assertThat(complaint("file:" + file)).contains(file + " is a file");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("gone"));
    assertThat(complaint(link + "/orders")).contains(link + " is a symbolic link without a target");
  }

  @Test
  void refusesNamesAndPathsThatAreTooLong() {
    assertThat(complaint(directory + "/" + "x".repeat(255))).isEmpty();
    assertThat(complaint(directory + "/" + "x".repeat(256))).contains("a name of 256 bytes");
    assertThat(complaint(directory + "/" + "é".repeat(128))).contains("a name of 256 bytes");
    assertThat(complaint(directory + "/name".repeat(600))).contains("3000 are allowed");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesWhatStoresNothing() {
    assertThat(complaint("/proc/x")).isNotEmpty();
    assertThat(complaint("/sys/x/y")).isNotEmpty();
  }

  @Test
  void refusesWhatTheWorkerMayNotWriteTo() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    Assumptions.assumeFalse(Files.isWritable(closed), "root may");
    assertThat(complaint(closed + "/orders")).contains("may not write to " + closed);
    assertThat(LocalPlace.of(closed.toString(), Map.of()).orElseThrow().complaint(false))
        .as("a table to read")
        .isEmpty();
  }

  @Test
  void saysNothingOfOtherFileSystems() {
    assertThat(LocalPlace.of("hdfs://name/x", Map.of())).isEmpty();
    assertThat(LocalPlace.of("/x", Map.of("fs.defaultFS", "hdfs://name"))).isEmpty();
    assertThat(LocalPlace.of("file:/x", Map.of("fs.defaultFS", "hdfs://name"))).isPresent();
  }

  @Test
  void followsLinksToWhatIsReal() throws IOException {
    Path table = Files.createDirectory(directory.resolve("table"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), table);
    assertThat(LocalPlace.of(link + "/../link/x/y", Map.of()).orElseThrow().real("?"))
        .isEqualTo(table.toRealPath() + "/x/y");
  }

  private static String complaint(String location) {
    return LocalPlace.of(location, Map.of()).orElseThrow().complaint(true).orElse("");
  }
}
