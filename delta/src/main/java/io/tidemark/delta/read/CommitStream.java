package io.tidemark.delta.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Commits, read one by one; a commit is valid until the next one is read. */
public interface CommitStream extends Closeable {

  /** The next commit; empty after the last one. */
  Optional<Commit> next() throws IOException;
}
