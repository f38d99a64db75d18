package io.tidemark.storage;

import io.tidemark.common.LinkedFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Files on a file system of this machine, or one that is mounted on every worker. A hard link gives
 * a complete file its name. Hadoop's local file system renames files instead, and a rename
 * overwrites an existing file without an error.
 */
final class LinkedFiles implements WholeFiles {

  /** What Linux says of file systems such as FAT. */
  private static final Set<String> NO_LINKS =
      Set.of("Operation not permitted", "Operation not supported", "Function not implemented");

  private final FileSystem fileSystem;
  private final FileSystem raw;

  LinkedFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    // Files of a Delta table do not have Hadoop's checksum files.
    this.raw = fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  @Override
  public boolean createIfAbsent(org.apache.hadoop.fs.Path file, byte[] content) throws IOException {
    return createIfAbsent(local(file), out -> out.write(content));
  }

  @Override
  public boolean createIfAbsent(org.apache.hadoop.fs.Path file, Path content) throws IOException {
    return createIfAbsent(local(file), out -> Files.copy(content, out));
  }

  /** The same for a path of this machine, whose directory must exist. */
  static boolean createIfAbsent(Path file, LinkedFile.Content content) throws IOException {
    Path hidden = hidden(file);
    try {
      LinkedFile.write(hidden, content);
      return link(file, hidden);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  private static boolean link(Path file, Path hidden) throws IOException {
    try {
      LinkedFile.link(file, hidden);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw StorageErrors.noHardLinks(file.toString(), e);
    } catch (FileSystemException e) {
      if (NO_LINKS.contains(String.valueOf(e.getReason()))) {
        throw StorageErrors.noHardLinks(file.toString(), e);
      }
      throw e;
    }
  }

  @Override
  public FSDataOutputStream create(org.apache.hadoop.fs.Path file) throws IOException {
    return raw.create(file, false);
  }

  @Override
  public void replace(org.apache.hadoop.fs.Path file, byte[] content) throws IOException {
    Path target = local(file);
    Path hidden = hidden(target);
    try {
      LinkedFile.write(hidden, out -> out.write(content));
      // Otherwise Hadoop would check the new content with the checksums of the old content.
      Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
      LinkedFile.replace(target, hidden);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  @Override
  public void delete(org.apache.hadoop.fs.Path file) throws IOException {
    Files.deleteIfExists(local(file));
  }

  @Override
  public FileStatus status(org.apache.hadoop.fs.Path file) throws IOException {
    return fileSystem.getFileStatus(file);
  }

  @Override
  public boolean showsUnfinished() {
    return true;
  }

  private static Path hidden(Path file) {
    return file.resolveSibling(StoredFile.TEMPORARY_PREFIX + UUID.randomUUID());
  }

  private static Path local(org.apache.hadoop.fs.Path file) {
    return Path.of(file.toUri().getPath());
  }
}
