package io.tidemark.windows.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A record of how far a database has come, beside its own files. If the end of its log or manifest
 * is missing, or all of it, RocksDB silently opens an older state.
 *
 * <pre>
 *   DIRECTORY/TIDEMARK   four numbers of 8 bytes, each a lower bound
 *     format             1
 *     sequence           RocksDB's number of the last change
 *     manifest           number of its newest manifest
 *     length             of that manifest
 * </pre>
 *
 * It is written after the database, to the operating system, as the log is. It does not use a file
 * channel, which an interrupted thread would close.
 */
final class StateMark implements AutoCloseable {

  static final String NAME = "TIDEMARK";

  private static final String CURRENT = "CURRENT";
  private static final String MANIFEST = "MANIFEST-";

  /** The names of the only files that can hold a change. */
  private static final Pattern CHANGES = Pattern.compile(".*\\.(log|sst)");

  private static final long FORMAT = 1;
  private static final int SEQUENCE = 1;
  private static final int MANIFEST_NUMBER = 2;
  private static final int MANIFEST_LENGTH = 3;
  private static final int NUMBERS = 4;

  private final Path directory;
  private final RandomAccessFile file;
  private final long[] numbers = {FORMAT, 0, 0, 0};

  private record Manifest(long number, long length) {}

  private StateMark(Path directory, RandomAccessFile file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Opens the mark of a database that is not open yet. Deletes what is left of a database whose
   * creation was cut off: RocksDB does not open one that has no log yet.
   *
   * @throws io.tidemark.windows.FatalError when the files of the database are older than the mark
   */
  static StateMark open(Path directory) throws IOException {
    Path path = directory.resolve(NAME);
    List<Path> others = others(directory);
    if (!others.isEmpty() && !Files.exists(path)) {
      throw StateErrors.lost(directory, NAME + " is missing");
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    StateMark mark = new StateMark(directory, file);
    try {
      if (mark.isUnused(others)) {
        for (Path left : others) {
          Files.delete(left);
        }
        mark.begin();
      } else {
        mark.read();
      }
      return mark;
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** The files of the database itself. */
  private static List<Path> others(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(path -> !path.getFileName().toString().equals(NAME))
          .toList();
    }
  }

  /** Whether nothing was ever written to the database, and none of its files can say otherwise. */
  private boolean isUnused(List<Path> others) throws IOException {
    if (file.length() < NUMBERS * Long.BYTES) {
      return others.isEmpty();
    }
    file.seek((long) SEQUENCE * Long.BYTES);
    boolean neverReached = file.readLong() == 0;
    file.seek(0);
    return neverReached && others.stream().noneMatch(StateMark::canHoldChanges);
  }

  private static boolean canHoldChanges(Path path) {
    return CHANGES.matcher(path.getFileName().toString()).matches();
  }

  private void begin() throws IOException {
    file.setLength(0);
    ByteBuffer bytes = ByteBuffer.allocate(NUMBERS * Long.BYTES);
    bytes.putLong(FORMAT);
    file.write(bytes.array());
  }

  private void read() throws IOException {
    byte[] bytes = new byte[NUMBERS * Long.BYTES];
    if (file.length() != bytes.length) {
      throw StateErrors.lost(directory, NAME + " has " + file.length() + " bytes");
    }
    file.readFully(bytes);
    ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
    if (numbers[0] != FORMAT) {
      throw StateErrors.lost(directory, NAME + " has the unknown format " + numbers[0]);
    }
    if (numbers[SEQUENCE] > 0 && !Files.exists(directory.resolve(CURRENT))) {
      throw StateErrors.lost(directory, CURRENT + " is missing");
    }
    Manifest found = manifest();
    if (found != null
        && (found.number < numbers[MANIFEST_NUMBER]
            || (found.number == numbers[MANIFEST_NUMBER]
                && found.length < numbers[MANIFEST_LENGTH]))) {
      throw StateErrors.lost(
          directory,
          "its manifest "
              + found.number
              + " has "
              + found.length
              + " bytes, and was "
              + numbers[MANIFEST_NUMBER]
              + " with at least "
              + numbers[MANIFEST_LENGTH]);
    }
  }

  /** Whether nothing was ever written to the database. */
  boolean isNew() {
    return numbers[SEQUENCE] == 0;
  }

  /** Rejects a database that is older than the mark. */
  void require(long sequence) {
    if (sequence < numbers[SEQUENCE]) {
      throw StateErrors.lost(
          directory, "it has changes up to number " + sequence + ", and had " + numbers[SEQUENCE]);
    }
  }

  /** Records the progress of the database. */
  void reached(long sequence) throws IOException {
    if (sequence > numbers[SEQUENCE]) {
      set(SEQUENCE, sequence);
    }
  }

  /** Records that the files of the database have changed. */
  void filesChanged() throws IOException {
    Manifest now = manifest();
    if (now == null) {
      return;
    }
    if (now.number != numbers[MANIFEST_NUMBER]) {
      set(MANIFEST_LENGTH, 0);
      set(MANIFEST_NUMBER, now.number);
    }
    if (now.length > numbers[MANIFEST_LENGTH]) {
      set(MANIFEST_LENGTH, now.length);
    }
  }

  private void set(int index, long number) throws IOException {
    file.seek((long) index * Long.BYTES);
    file.write(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    numbers[index] = number;
  }

  /** Null when the database does not name its manifest; RocksDB itself reports that. */
  private Manifest manifest() throws IOException {
    try {
      String name = Files.readString(directory.resolve(CURRENT)).strip();
      return name.startsWith(MANIFEST)
          ? new Manifest(
              Long.parseLong(name.substring(MANIFEST.length())),
              Files.size(directory.resolve(name)))
          : null;
    } catch (NoSuchFileException | NumberFormatException | CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
