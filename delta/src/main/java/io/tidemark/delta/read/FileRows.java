package io.tidemark.delta.read;

import java.io.Closeable;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;

/** Rows of a file, read one by one. */
public interface FileRows extends Closeable {

  /** Moves to the next row. */
  boolean next() throws IOException;

  /**
   * Position of the row. It grows by at least one from row to row, and is the same each time the
   * file is read for the same change. Rows that a deletion vector deletes leave gaps.
   */
  long position();

  /** What happened to the row. */
  ChangeType changeType();

  /** The row, with schema {@link TableState#rowSchema}; a new object each time. */
  Struct value();
}
