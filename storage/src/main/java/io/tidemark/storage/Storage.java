package io.tidemark.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Small whole files under one root, named by relative paths such as {@code offsets/17}. An {@link
 * IOException} of {@link #createIfAbsent} means that the outcome is unknown: the file may be there.
 * Implementations keep no thread and no clock of their own.
 */
public interface Storage {

  /**
   * Creates the file with exactly this content, visible as a whole or not at all, unless a file of
   * that name exists. Of any number of callers, in any number of processes, one gets {@code true}.
   *
   * @return true when this call created the file, false when it existed
   * @throws IOException when the outcome is unknown
   */
  boolean createIfAbsent(String path, byte[] content) throws IOException;

  /**
   * The same with the content of a local file. The local file is not deleted.
   *
   * @throws IOException when the outcome is unknown
   */
  default boolean createIfAbsent(String path, Path content) throws IOException {
    return createIfAbsent(path, Files.readAllBytes(content));
  }

  /**
   * The path of the file on a local file system, whether or not it exists; empty for other storage.
   */
  default Optional<Path> localFile(String path) {
    return Optional.empty();
  }

  /** The whole content, or empty when there is no such file. */
  Optional<byte[]> read(String path) throws IOException;

  /** Whether there is such a file. */
  default boolean exists(String path) throws IOException {
    return read(path).isPresent();
  }

  /** Names (not paths) of the files in a directory, in no order; empty when there is none. */
  List<String> list(String directory) throws IOException;

  /** Deletes the file; without effect when there is none. */
  void delete(String path) throws IOException;

  /** What the root is called in messages: a URI without credentials. */
  String location();
}
