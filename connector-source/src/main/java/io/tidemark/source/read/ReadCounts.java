package io.tidemark.source.read;

import java.util.concurrent.atomic.LongAdder;

/** What a task has read, and what it could not read any more. */
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

  /** Size of them. */
  public long bytes() {
    return bytes.sum();
  }

  /** How often something was given up, with {@code fail.on.data.loss=false}. */
  public long losses() {
    return losses.sum();
  }
}
