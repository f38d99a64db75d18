package io.tidemark.delta.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.KernelBorder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.connect.data.Struct;

/** Rows whose failures say whether the file is missing, cannot be reached, or is damaged. */
final class CheckedRows implements FileRows {

  private final FileRows rows;
  private final Place place;

  /** The place of a file: its table, its version and its path. */
  record Place(String location, long version, String path) {

    /** Runs a call that reads the file. */
    <T> T run(Callable<T> call) throws IOException {
      try {
        return call.call();
      } catch (TidemarkException e) {
        throw e;
      } catch (Exception e) {
        Optional<Error> fatal = KernelBorder.cause(e, Error.class);
        if (fatal.isPresent()) {
          // For example no memory is left: the file is not the reason.
          throw fatal.get();
        }
        if (KernelBorder.cause(e, FileNotFoundException.class).isPresent()) {
          throw new MissingFileException(location, version, path, e);
        }
        IOException io = KernelBorder.cause(e, IOException.class).orElse(null);
        if (io != null) {
          throw io == e
              ? io
              : new IOException("Cannot read file " + path + " of table " + location, e);
        }
        throw ReadErrors.unreadableFile(location, version, path, e.getMessage(), e);
      }
    }
  }

  CheckedRows(FileRows rows, Place place) {
    this.rows = rows;
    this.place = place;
  }

  @Override
  public boolean next() throws IOException {
    return place.run(rows::next);
  }

  @Override
  public long position() {
    return rows.position();
  }

  @Override
  public ChangeType changeType() {
    return rows.changeType();
  }

  @Override
  public Struct value() {
    return rows.value();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
