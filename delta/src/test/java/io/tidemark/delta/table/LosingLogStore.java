package io.tidemark.delta.table;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A log store that loses answers: it writes the commit and reports a failure. */
public final class LosingLogStore extends LogStore {

  /** How many of the next commits are written and then reported as failed. */
  static final AtomicInteger ANSWERS_TO_LOSE = new AtomicInteger();

  /** How many of the next commits fail without being written. */
  static final AtomicInteger WRITES_TO_FAIL = new AtomicInteger();

  private final LinkLogStore store;

  /** Called by Delta Kernel. */
  public LosingLogStore(Configuration conf) {
    super(conf);
    this.store = new LinkLogStore(conf);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration conf)
      throws IOException {
    boolean commit = path.getName().endsWith(".json");
    if (commit && take(WRITES_TO_FAIL)) {
      throw new IOException("no space left");
    }
    store.write(path, actions, overwrite, conf);
    if (commit && take(ANSWERS_TO_LOSE)) {
      throw new IOException("read timed out");
    }
  }

  private static boolean take(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  @Override
  public CloseableIterator<String> read(Path path, Configuration conf) throws IOException {
    return store.read(path, conf);
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration conf) throws IOException {
    return store.listFrom(path, conf);
  }

  @Override
  public Path resolvePathOnPhysicalStorage(Path path, Configuration conf) throws IOException {
    return store.resolvePathOnPhysicalStorage(path, conf);
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration conf) {
    return store.isPartialWriteVisible(path, conf);
  }
}
