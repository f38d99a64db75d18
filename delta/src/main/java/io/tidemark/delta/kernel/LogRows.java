package io.tidemark.delta.kernel;

import io.delta.kernel.data.Row;
import io.delta.kernel.utils.CloseableIterator;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** The actions of a commit, read one by one. */
public final class LogRows implements Closeable {

  private final KernelBorder border;
  private final String file;
  private final CloseableIterator<Row> rows;

  LogRows(KernelBorder border, String file, CloseableIterator<Row> rows) {
    this.border = border;
    this.file = file;
    this.rows = rows;
  }

  /** Applies the function to the following actions until it returns a result; empty at the end. */
  public <T> Optional<T> next(Function<Row, Optional<T>> made) throws IOException {
    return border.reading(
        file,
        () -> {
          while (rows.hasNext()) {
            Optional<T> next = made.apply(rows.next());
            if (next.isPresent()) {
              return next;
            }
          }
          return Optional.empty();
        });
  }

  @Override
  public void close() throws IOException {
    border.reading(
        file,
        () -> {
          rows.close();
          return null;
        });
  }
}
