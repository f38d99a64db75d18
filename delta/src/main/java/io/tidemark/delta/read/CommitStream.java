package io.tidemark.delta.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Commits one after the other; a commit is valid until the next one is asked for. */
public interface CommitStream extends Closeable {

  /** The next commit; empty behind the last one. */
  Optional<Commit> next() throws IOException;
}
