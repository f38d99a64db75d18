package io.tidemark.checkpoint.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Create-if-absent on a local file system: a complete temporary file gets its name by a hard link,
 * which fails when the name is taken. {@code rename} would replace, and an exclusive {@code open}
 * would show a half-written file.
 */
public final class LinkedFile {

  /** Beginning of temporary names; listings leave such names out. */
  static final String TEMPORARY_PREFIX = ".tmp-";

  private LinkedFile() {}

  /**
   * Creates the file with this content, durable when this returns.
   *
   * @return false when the file existed
   * @throws IOException when the outcome is unknown
   */
  public static boolean createIfAbsent(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = directory.resolve(TEMPORARY_PREFIX + UUID.randomUUID());
    try {
      writeSynced(temporary, content);
    } catch (NoSuchFileException directoryMissing) {
      Files.createDirectories(directory);
      writeSynced(temporary, content);
    }
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException taken) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncDirectory(directory);
    return true;
  }

  private static void writeSynced(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
