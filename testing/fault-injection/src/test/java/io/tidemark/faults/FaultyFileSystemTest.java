package io.tidemark.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyFileSystemTest {

  @TempDir Path directory;

  @Test
  void refusesToReplaceAFileByARename() throws IOException {
    FileSystem fileSystem = fileSystem("calm-1", 0);
    write(fileSystem, "from", "new");
    write(fileSystem, "to", "old");
    assertThat(fileSystem.rename(path("calm-1", "from"), path("calm-1", "to"))).isFalse();
    assertThat(directory.resolve("to")).hasContent("old");
    assertThat(directory.resolve("from")).hasContent("new");
  }

  @Test
  void refusesToReplaceAFileByARenameOfAFileContext() throws IOException {
    FileContext context = FileContext.getFileContext(URI.create("hdfs://calm-2/"), conf(1, 0));
    for (String name : List.of("from", "to")) {
      try (FSDataOutputStream out =
          context.create(path("calm-2", name), EnumSet.of(CreateFlag.CREATE))) {
        out.write(name.getBytes(UTF_8));
      }
    }
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> context.rename(path("calm-2", "from"), path("calm-2", "to")));
    assertThat(directory.resolve("to")).hasContent("to");
    context.rename(path("calm-2", "from"), path("calm-2", "elsewhere"));
    assertThat(directory.resolve("elsewhere")).hasContent("from");
    assertThat(directory.resolve("from")).doesNotExist();
  }

  @Test
  void namesFilesAsHdfsWould() throws IOException {
    FileSystem fileSystem = fileSystem("calm-3", 0);
    write(fileSystem, "file", "text");
    FileStatus[] found = fileSystem.listStatus(path("calm-3", ""));
    assertThat(found).hasSize(1);
    assertThat(found[0].getPath()).isEqualTo(path("calm-3", "file"));
  }

  @Test
  void hasTheSameFaultsWithTheSameSeed() throws IOException {
    assertThat(faults("same-1", 7)).isNotEmpty().isEqualTo(faults("same-2", 7));
    assertThat(faults("same-3", 8)).isNotEqualTo(faults("same-1b", 7));
  }

  @Test
  void hasFaultsOfEveryKindAndNeverTooManyInARow() {
    FaultSequence sequence = new FaultSequence(1, 0.02);
    List<Operation> operations = List.of(Operation.values());
    List<FaultKind> last = new ArrayList<>();
    Set<FaultKind> seen = EnumSet.noneOf(FaultKind.class);
    IntStream.range(0, 20_000)
        .mapToObj(i -> sequence.next(operations.get(i % operations.size())))
        .forEach(
            fault -> {
              fault.ifPresent(seen::add);
              last.add(fault.filter(kind -> kind != FaultKind.DELAY).orElse(null));
              int from = Math.max(0, last.size() - FaultSequence.CALM_CALLS);
              assertThat(last.subList(from, last.size()).stream().filter(kind -> kind != null))
                  .hasSizeLessThanOrEqualTo(FaultSequence.LONGEST_ROW);
            });
    assertThat(seen).containsExactlyInAnyOrder(FaultKind.values());
  }

  @Test
  void leavesAPartOfATornFile() throws IOException {
    Path file = directory.resolve("torn");
    List<String> told = new ArrayList<>();
    TornOutput torn =
        new TornOutput(
            Files.newOutputStream(file), 3, new IOException("torn"), () -> told.add("torn"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> torn.write("text".getBytes(UTF_8)));
    assertThatExceptionOfType(IOException.class).isThrownBy(torn::close);
    assertThat(file).hasContent("tex");
    assertThat(told).hasSize(1);
  }

  /** The faults of one series of calls, without the paths. */
  private List<String> faults(String authority, long seed) throws IOException {
    Path log = directory.resolve(authority + ".log");
    Configuration conf = conf(seed, 0.05);
    conf.set(Faults.LOG, log.toString());
    FileSystem fileSystem = FileSystem.get(URI.create("hdfs://" + authority), conf);
    for (int i = 0; i < 300; i++) {
      try {
        write(fileSystem, authority + "-" + i, "text");
        fileSystem.rename(
            path(authority, authority + "-" + i), path(authority, authority + "+" + i));
      } catch (IOException injected) {
        assertThat(injected).hasMessageContaining("Injected fault");
      }
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> line.substring(0, line.lastIndexOf(' ')))
          .collect(Collectors.toList());
    }
  }

  private void write(FileSystem fileSystem, String name, String text) throws IOException {
    try (FSDataOutputStream out =
        fileSystem.create(path(fileSystem.getUri().getAuthority(), name))) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private FileSystem fileSystem(String authority, double rate) throws IOException {
    return FileSystem.get(URI.create("hdfs://" + authority), conf(1, rate));
  }

  private Configuration conf(long seed, double rate) {
    Configuration conf = new Configuration();
    conf.set("fs.hdfs.impl", FaultyFileSystem.class.getName());
    conf.set("fs.AbstractFileSystem.hdfs.impl", FaultyHdfs.class.getName());
    conf.setLong(Faults.SEED, seed);
    conf.setDouble(Faults.RATE, rate);
    conf.set(Faults.LOG, directory.resolve("faults.log").toString());
    return conf;
  }

  private org.apache.hadoop.fs.Path path(String authority, String name) {
    String slash = name.isEmpty() ? "" : "/";
    return new org.apache.hadoop.fs.Path("hdfs://" + authority + directory + slash + name);
  }
}
