package io.tidemark.benchmarks.nothing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Counts the records that it drops, and writes the count down a few times a second. */
public final class NothingTask extends SinkTask {

  private static final long PAUSE_NANOS = 200_000_000;

  private Path file;
  private long records;
  private long written = -1;
  private long writtenNanos;

  @Override
  public void start(Map<String, String> config) {
    file =
        Path.of(
            config.get(NothingConnector.DIRECTORY), "count-" + config.get(NothingConnector.TASK));
    write();
  }

  /** Connect calls it without records as well, so the last count is written soon. */
  @Override
  public void put(Collection<SinkRecord> more) {
    records += more.size();
    boolean idle = more.isEmpty();
    if (records != written && (idle || System.nanoTime() - writtenNanos > PAUSE_NANOS)) {
      write();
    }
  }

  @Override
  public void stop() {
    if (file != null && records != written) {
      write();
    }
  }

  @Override
  public String version() {
    return "1";
  }

  private void write() {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, Long.toString(records));
      written = records;
      writtenNanos = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
