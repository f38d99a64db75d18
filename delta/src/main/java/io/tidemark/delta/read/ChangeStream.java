package io.tidemark.delta.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** File changes one after the other. */
public interface ChangeStream extends Closeable {

  /** The next change; empty behind the last one. */
  Optional<FileChange> next() throws IOException;
}
