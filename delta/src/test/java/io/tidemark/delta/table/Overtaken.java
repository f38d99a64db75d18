package io.tidemark.delta.table;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A log store in which another writer is faster once. */
public final class Overtaken extends LogStore implements AutoCloseable {

  static final Map<String, String> CONF =
      Map.of("io.delta.kernel.logStore.file.impl", Overtaken.class.getName());

  private static volatile java.nio.file.Path commit;
  private static volatile String text;

  private final LinkLogStore store;

  /** Called by Delta Kernel. */
  public Overtaken(Configuration conf) {
    super(conf);
    this.store = new LinkLogStore(conf);
  }

  /** Until closed, the other writer's commit comes before ours of the same version. */
  static Overtaken by(java.nio.file.Path commit, String text) {
    Overtaken.commit = commit;
    Overtaken.text = text;
    return new Overtaken(new Configuration());
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration conf)
      throws IOException {
    if (commit != null
        && path.getName().equals(commit.getFileName().toString())
        && !Files.exists(commit)) {
      Files.writeString(commit, text);
    }
    store.write(path, actions, overwrite, conf);
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

  @Override
  public void close() {
    commit = null;
  }
}
