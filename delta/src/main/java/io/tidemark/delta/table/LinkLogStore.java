package io.tidemark.delta.table;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * Log store of {@code file:} locations that is safe between processes: a commit is written to a
 * hidden file beside its target, forced to disk, and then hard-linked to its name, which fails when
 * the name is taken. Renaming, as Hadoop's local file system does it, overwrites silently.
 *
 * <p>Writes go through {@code java.nio}; reads and lists go through Hadoop's {@code FileSystem}.
 * Public, with this constructor, because Delta Kernel makes one by name for every operation.
 */
public final class LinkLogStore extends HadoopFileSystemLogStore {

  /** Called by Delta Kernel. */
  public LinkLogStore(Configuration hadoopConf) {
    super(hadoopConf);
  }

  @Override
  public void write(
      org.apache.hadoop.fs.Path path,
      Iterator<String> actions,
      Boolean overwrite,
      Configuration hadoopConf)
      throws IOException {
    Path target = Path.of(path.toUri().getPath());
    Path hidden =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writeDurably(hidden, actions);
      if (overwrite) {
        // Hadoop would check the new content against the sums of the old one.
        Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
        Files.move(
            hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        link(target, hidden);
      }
      forceDirectory(target.getParent());
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  /** Checkpoints are written by Kernel itself: this makes it write and rename them. */
  @Override
  public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration hadoopConf) {
    return true;
  }

  private static void writeDurably(Path file, Iterator<String> lines) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      while (lines.hasNext()) {
        writer.write(lines.next());
        writer.write('\n');
      }
      writer.flush();
      channel.force(true);
    }
  }

  private static void link(Path target, Path hidden) throws IOException {
    try {
      Files.createLink(target, hidden);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      throw TableErrors.noHardLinks(target.toString(), e);
    }
  }

  /** Makes the new name durable, where directories can be opened at all. */
  private static void forceDirectory(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException cannotBeOpened) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }
}
