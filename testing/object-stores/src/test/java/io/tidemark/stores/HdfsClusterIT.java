package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsClusterIT {

  @TempDir Path directory;

  @Test
  void refusesToRenameOntoAFileAndLeavesNoProcess() throws Exception {
    HdfsCluster cluster = HdfsCluster.start(directory);
    var target = new org.apache.hadoop.fs.Path("/commits/5");
    var temporary = new org.apache.hadoop.fs.Path("/commits/temporary");
    try (cluster;
        FileSystem files = FileSystem.newInstance(cluster.uri(), new Configuration())) {
      write(files, target, "first");
      write(files, temporary, "second");

      assertThat(files.rename(temporary, target)).isFalse();

      try (var in = files.open(target)) {
        assertThat(in.readUTF()).isEqualTo("first");
      }
    }
    assertThat(ProcessHandle.of(cluster.process().pid())).isEmpty();
  }

  private static void write(FileSystem files, org.apache.hadoop.fs.Path path, String content)
      throws Exception {
    try (var out = files.create(path, false)) {
      out.writeUTF(content);
    }
  }
}
