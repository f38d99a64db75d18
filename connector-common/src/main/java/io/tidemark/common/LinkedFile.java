package io.tidemark.common;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Create-if-absent on a local file system: a complete temporary file gets its name by a hard link,
 * which fails when the name is taken. A rename would replace, and an exclusive {@code open} would
 * show a half-written file.
 */
public final class LinkedFile {

  private LinkedFile() {}

  /** The content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a new file beside its target, and forces it to disk. */
  public static void write(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  /**
   * Gives the file its name, durable when this returns. The temporary name stays.
   *
   * @throws java.nio.file.FileAlreadyExistsException when the name is taken
   * @throws java.nio.file.FileSystemException when the link cannot be made
   * @throws IOException when the link is there, but perhaps not yet durable
   */
  public static void link(Path file, Path temporary) throws IOException {
    Files.createLink(file, temporary);
    forceDirectory(file);
  }

  /** Gives the file its name and replaces any file of that name, durable when this returns. */
  public static void replace(Path file, Path temporary) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(file);
  }

  /** Makes the new name durable on systems where directories can be opened. */
  private static void forceDirectory(Path file) throws IOException {
    FileChannel directory;
    try {
      directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    } catch (IOException cannotBeOpened) {
      return;
    }
    try (directory) {
      directory.force(true);
    }
  }
}
