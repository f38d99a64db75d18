package io.tidemark.sink.file;

import io.tidemark.common.DataFile;
import io.tidemark.common.ForwardClock;
import io.tidemark.delta.schema.Column;
import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one owner, open and closed, of all tables, within the limits of {@link FileOptions}:
 * names them, closes those that are full, and when there are too many or they hold too much memory
 * closes one early.
 *
 * <pre>
 *   part-00003-0000002a-0001-5f1c2a9b-000017-00002.zstd.parquet
 *        owner, here a segment               count
 * </pre>
 */
final class OwnedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OwnedFiles.class);

  private final DataFileStore store;
  private final FileOptions options;
  private final FileOwner owner;
  private final List<OpenFile> open = new ArrayList<>();

  /** By number: rows are known by the number of their file. */
  private final SortedMap<Integer, DataFile> closed = new TreeMap<>();

  private final List<Path> created = new ArrayList<>();
  private long closedBytes;
  private long rows;
  private int count;

  OwnedFiles(DataFileStore store, FileOptions options, FileOwner owner) {
    this.store = store;
    this.options = options;
    this.owner = owner;
  }

  /** Creates a file for one partition of a table; may close another one for it. */
  OpenFile create(String table, FileShape shape, List<String> partition) throws IOException {
    if (open.size() >= options.maxOpenFiles()) {
      close(open.stream().min(Comparator.comparingLong(OpenFile::lastUse)).orElseThrow());
    }
    owner.registry().beforeFile(table);
    int number = count++;
    String path = shape.directory(partition) + name(number);
    OpenFile file =
        new OpenFile(number, store.files(new Path(table)), table, path, shape, partition, options);
    open.add(file);
    created.add(file.path());
    return file;
  }

  /** Appends a row to a file; may close this file or another one after it. */
  void write(OpenFile file, Object[] row) throws IOException {
    if (file.write(row, ++rows)) {
      if (file.bytes() >= options.targetBytes()) {
        close(file);
      }
      while (bufferedBytes() > options.bufferMaxBytes()) {
        close(open.stream().max(Comparator.comparingLong(OpenFile::bufferedBytes)).orElseThrow());
      }
    }
  }

  /** Closes a file that is open. */
  void close(OpenFile file) throws IOException {
    DataFile data = file.close();
    open.remove(file);
    closed.put(file.number(), data);
    closedBytes += data.bytes();
  }

  /**
   * Copies the rows of a closed file of a table but some into a file of this owner.
   *
   * @param columns of the table
   * @param statistics paths of the columns that are described, by physical names
   */
  void copy(DataFile source, BitSet dropped, List<Column> columns, Set<List<String>> statistics)
      throws IOException {
    owner.registry().beforeFile(source.table());
    int number = count++;
    String relativePath = RowCopy.beside(source, name(number));
    Path path = DataFileStore.path(source.table(), relativePath);
    WholeFiles files = store.files(path);
    created.add(path);
    DurableOutput output = new DurableOutput(files, path);
    ParquetMetadata footer = new RowCopy(options).copy(store.input(source), dropped, output);
    DataFile data =
        new DataFile(
            source.table(),
            relativePath,
            source.partitionValues(),
            output.written(),
            ForwardClock.SYSTEM.nowMs(),
            source.rows() - dropped.cardinality(),
            FileStatistics.json(footer, columns, statistics),
            source.schema());
    closed.put(number, data);
    closedBytes += data.bytes();
  }

  /** Closes all files and hands them out, in the order of their numbers, which begin at 0. */
  List<DataFile> finish() throws IOException {
    while (!open.isEmpty()) {
      close(open.get(0));
    }
    // From here on a segment may name them, even if the caller fails.
    created.clear();
    return List.copyOf(closed.values());
  }

  /**
   * Deletes all files that were not handed out. A file that cannot be deleted is logged and left to
   * the clean-up after the session.
   */
  void abort() {
    for (OpenFile file : open) {
      try {
        file.discard();
      } catch (IOException | RuntimeException e) {
        LOG.debug("Cannot close abandoned data file {}", file.path(), e);
      }
    }
    for (Path path : created) {
      try {
        store.files(path).delete(path);
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "Cannot delete abandoned data file {}. The clean-up after this session deletes it: {}",
            path,
            e.toString());
      }
    }
    open.clear();
    created.clear();
    closed.clear();
    closedBytes = 0;
    rows = 0;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return closedBytes + open.stream().mapToLong(OpenFile::bytes).sum();
  }

  int openCount() {
    return open.size();
  }

  long bufferedBytes() {
    long sum = 0;
    for (OpenFile file : open) {
      sum += file.bufferedBytes();
    }
    return sum;
  }

  private String name(int number) {
    String codec =
        options.codec() == CompressionCodecName.UNCOMPRESSED
            ? ""
            : "." + options.codec().name().toLowerCase(Locale.ROOT);
    return String.format(
        Locale.ROOT, "%s%s-%05d%s.parquet", DataFileStore.NAME_START, owner.name(), number, codec);
  }
}
