package io.tidemark.delta.kernel;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopSeekableInputStream;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What Kernel reads and writes tables with. Each commit is a file that one writer can create, on
 * every file system; Kernel's own log stores check first and then write on S3, where two workers
 * can lose commits.
 */
class TableFiles implements FileIO {

  private final HadoopFileSystems fileSystems;

  TableFiles(HadoopFileSystems fileSystems) {
    this.fileSystems = fileSystems;
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
    Path from = new Path(path);
    WholeFiles files = fileSystems.wholeFiles(from);
    org.apache.hadoop.fs.FileStatus[] entries = fileSystems.of(from).listStatus(from.getParent());
    return Utils.toCloseableIterator(
        Arrays.stream(entries)
            .filter(entry -> entry.getPath().getName().compareTo(from.getName()) >= 0)
            .sorted(Comparator.comparing(entry -> entry.getPath().getName()))
            .map(entry -> toKernel(files, entry))
            .iterator());
  }

  /** Whether there is a next commit is asked all the time; the log itself is a directory. */
  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Path file = new Path(path);
    WholeFiles files = fileSystems.wholeFiles(file);
    return toKernel(
        files,
        FileNames.isCommitFile(path)
            ? files.status(file)
            : fileSystems.of(file).getFileStatus(file));
  }

  /** Listings of object stores have milliseconds at times, and look-ups of one object never. */
  private static FileStatus toKernel(WholeFiles files, org.apache.hadoop.fs.FileStatus status) {
    long ms = status.getModificationTime();
    return FileStatus.of(
        status.getPath().toString(),
        status.getLen(),
        files.needsDirectories() ? ms : ms - ms % 1_000);
  }

  @Override
  public String resolvePath(String path) throws IOException {
    Path file = new Path(path);
    return fileSystems.of(file).makeQualified(file).toString();
  }

  /** Object stores have no directories, and a marker of one would be an object. */
  @Override
  public boolean mkdirs(String path) throws IOException {
    Path directory = new Path(path);
    return !fileSystems.wholeFiles(directory).needsDirectories()
        || fileSystems.of(directory).mkdirs(directory);
  }

  @Override
  public InputFile newInputFile(String path, long bytes) {
    return new Input(fileSystems, new Path(path), bytes);
  }

  /** A file to read; Kernel's own class asks the store for a length that is known. */
  private record Input(HadoopFileSystems fileSystems, Path file, long length) implements InputFile {

    @Override
    public String path() {
      return file.toString();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      return new HadoopSeekableInputStream(fileSystems.open(file, length));
    }
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new TableOutput(fileSystems, new Path(path), () -> true);
  }

  @Override
  public boolean delete(String path) throws IOException {
    Path file = new Path(path);
    fileSystems.wholeFiles(file).delete(file);
    return true;
  }

  @Override
  public Optional<String> getConf(String name) {
    return Optional.ofNullable(fileSystems.configuration().get(name));
  }

  @Override
  public void copyFileAtomically(String source, String target, boolean overwrite)
      throws IOException {
    Path from = new Path(source);
    Path to = new Path(target);
    FileSystem fileSystem = fileSystems.of(from);
    byte[] content;
    try (FSDataInputStream in = fileSystem.open(from)) {
      content = in.readAllBytes();
    }
    write(fileSystems, to, content, overwrite);
  }

  /**
   * Writes a file that is visible as a whole or not at all.
   *
   * @throws FileAlreadyExistsException when it exists and is not to be overwritten
   */
  static void write(HadoopFileSystems fileSystems, Path file, byte[] content, boolean overwrite)
      throws IOException {
    if (overwrite) {
      fileSystems.wholeFiles(file).replace(file, content);
    } else if (!fileSystems.wholeFiles(file).createIfAbsent(file, content)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }
}
