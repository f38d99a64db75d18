package io.tidemark.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files that are visible as a whole or not at all, on one file system. Everything that is decided
 * once, a batch or a version of a table, is decided by creating such a file.
 */
public interface WholeFiles {

  /** File systems whose {@code rename} is atomic and refuses to replace a file. */
  Set<String> RENAMING = Set.of("hdfs", "viewfs", "abfs", "abfss");

  /** Object stores that S3A can create files on conditionally. */
  Set<String> CONDITIONAL = Set.of("s3a", "s3");

  /** Object stores that create an object of a given generation. */
  Set<String> GENERATIONAL = Set.of("gs");

  /**
   * Creates the file with exactly this content unless a file of that name exists. Of any number of
   * callers, in any number of processes, one gets {@code true}.
   *
   * @return true when this call created the file, false when it existed
   * @throws IOException when the outcome is unknown
   */
  boolean createIfAbsent(Path file, byte[] content) throws IOException;

  /**
   * The same with the content of a local file. The local file is not deleted.
   *
   * @throws IOException when the outcome is unknown
   */
  boolean createIfAbsent(Path file, java.nio.file.Path content) throws IOException;

  /**
   * A new file that is written in pieces. Nobody else may write to its name: where that costs no
   * request of its own, an existing file is an error.
   */
  FSDataOutputStream create(Path file) throws IOException;

  /** Creates the file or replaces its content. */
  void replace(Path file, byte[] content) throws IOException;

  /** Deletes the file; without effect when there is none. */
  void delete(Path file) throws IOException;

  /**
   * Length and time of a file, by the clock of the file system.
   *
   * @throws java.io.FileNotFoundException when there is no such file
   */
  FileStatus status(Path file) throws IOException;

  /**
   * Whether a plain file shows before its writer has closed it, so that it has to be written under
   * another name first.
   */
  boolean showsUnfinished();

  /** Whether a directory has to exist before a file can be created in it. */
  default boolean needsDirectories() {
    return true;
  }

  /**
   * The way of a file system. One that is not known here can only be read.
   *
   * @param scheme of the locations, such as {@code s3a}
   */
  static WholeFiles of(FileSystem fileSystem, String scheme) {
    if (scheme.equals("file")) {
      return new LinkedFiles(fileSystem);
    }
    if (RENAMING.contains(scheme)) {
      return new RenamedFiles(fileSystem);
    }
    if (CONDITIONAL.contains(scheme)) {
      return new ConditionalFiles(fileSystem);
    }
    if (GENERATIONAL.contains(scheme)) {
      return new GenerationFiles(fileSystem);
    }
    return new ReadOnlyFiles(fileSystem, scheme);
  }

  /** What a file is to contain. */
  @FunctionalInterface
  interface Content {
    void writeTo(FSDataOutputStream out) throws IOException;
  }
}
