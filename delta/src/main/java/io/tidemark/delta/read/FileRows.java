package io.tidemark.delta.read;

import java.io.Closeable;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;

/** Rows one after the other. */
public interface FileRows extends Closeable {

  /** Moves to the next row. */
  boolean next() throws IOException;

  /**
   * Position of the row: grows by at least one from row to row, and is the same whenever the file
   * is read for the same change. Where rows are left out, by deletion vectors, so are positions.
   */
  long position();

  /** What became of the row. */
  ChangeType changeType();

  /** The row, of {@link TableState#rowSchema}; a new object each time. */
  Struct value();
}
