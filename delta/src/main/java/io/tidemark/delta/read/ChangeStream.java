package io.tidemark.delta.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** File changes, read one by one. */
public interface ChangeStream extends Closeable {

  /** The next change; empty after the last one. */
  Optional<FileChange> next() throws IOException;
}
