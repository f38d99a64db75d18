package io.tidemark.source.read;

import java.util.concurrent.atomic.LongAdder;

/** Counts of what a task has read, and of lost data. */
public final class ReadCounts {

  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder losses = new LongAdder();

  void fileOpened(long size) {
    files.increment();
    bytes.add(size);
  }

  void lost() {
    losses.increment();
  }

  /** Files and changes that were opened. */
  public long files() {
    return files.sum();
  }

  /** Their size in bytes. */
  public long bytes() {
    return bytes.sum();
  }

  /** How often lost data was skipped, with {@code fail.on.data.loss=false}. */
  public long losses() {
    return losses.sum();
  }
}
