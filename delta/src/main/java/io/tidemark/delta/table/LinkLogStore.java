package io.tidemark.delta.table;

import io.delta.storage.HadoopFileSystemLogStore;
import io.tidemark.common.LinkedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * Log store for {@code file:} locations that is safe between processes. A commit is written to a
 * hidden file in the same directory and forced to disk. Then a hard link gives it its name; this
 * fails when a file of that name exists. Hadoop's local file system renames files instead, and a
 * rename overwrites an existing file without an error.
 *
 * <p>It writes with {@code java.nio}, and reads and lists with Hadoop's {@code FileSystem}. The
 * class and the constructor are public because Delta Kernel creates an instance by class name for
 * every operation.
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
      LinkedFile.write(hidden, out -> write(actions, out));
      if (overwrite) {
        // Otherwise Hadoop would check the new content with the checksums of the old content.
        Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
        LinkedFile.replace(target, hidden);
      } else {
        link(target, hidden);
      }
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  /** With true, Kernel writes a table checkpoint to a temporary file and renames it. */
  @Override
  public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration hadoopConf) {
    return true;
  }

  private static void write(Iterator<String> lines, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    while (lines.hasNext()) {
      writer.write(lines.next());
      writer.write('\n');
    }
    writer.flush();
  }

  private static void link(Path target, Path hidden) throws IOException {
    try {
      LinkedFile.link(target, hidden);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      throw TableErrors.noHardLinks(target.toString(), e);
    }
  }
}
