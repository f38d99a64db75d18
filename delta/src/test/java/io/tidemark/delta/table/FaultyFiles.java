package io.tidemark.delta.table;

import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** File systems on which a commit fails, its answer is lost, or another writer is faster. */
final class FaultyFiles extends HadoopFileSystems {

  /** How many of the next commits are written and then reported as failed. */
  int answersToLose;

  /** How many of the next commits fail without being written. */
  int writesToFail;

  private java.nio.file.Path overtaken;
  private String otherCommit;

  FaultyFiles() {
    super(Map.of());
  }

  /** Another writer creates this commit before we can. */
  void overtake(java.nio.file.Path commit, String text) {
    this.overtaken = commit;
    this.otherCommit = text;
  }

  @Override
  public WholeFiles wholeFiles(Path path) throws IOException {
    return new Faulty(super.wholeFiles(path));
  }

  private final class Faulty extends ForwardedFiles {

    Faulty(WholeFiles files) {
      super(files);
    }

    @Override
    public boolean createIfAbsent(Path file, byte[] content) throws IOException {
      if (!file.getName().endsWith(".json")) {
        return super.createIfAbsent(file, content);
      }
      if (writesToFail > 0) {
        writesToFail--;
        throw new IOException("no space left");
      }
      if (overtaken != null
          && file.getName().equals(overtaken.getFileName().toString())
          && !Files.exists(overtaken)) {
        Files.writeString(overtaken, otherCommit);
      }
      boolean created = super.createIfAbsent(file, content);
      if (answersToLose > 0) {
        answersToLose--;
        throw new IOException("read timed out");
      }
      return created;
    }
  }
}
