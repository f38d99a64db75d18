package io.tidemark.windows.fold;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;

/** The partial aggregates of the records since the last run, in heap. */
public interface Fold {

  /**
   * Adds a record to its group.
   *
   * @param key bytes of {@link GroupKey}
   * @param arguments one per aggregate; null is ignored
   * @throws io.tidemark.windows.function.ArgumentException when an argument does not fit
   */
  void add(byte[] key, int keyLength, Object[] arguments, Occurrence occurrence);

  boolean isEmpty();

  /** Approximate heap in use, bytes. */
  long bytes();

  /** Writes all partials in order and finishes the run. */
  Run write(RunWriter writer) throws IOException;

  /** Forgets everything. */
  void clear();
}
