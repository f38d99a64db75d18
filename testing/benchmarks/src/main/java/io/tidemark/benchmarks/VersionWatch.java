package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every 20 ms for new versions of a table, and notes when it found each. From then on a
 * reader sees their rows.
 */
final class VersionWatch implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path table;
  private final Map<Long, Long> seenMs = new TreeMap<>();
  private final Thread thread = new Thread(this::watch, "version-watch");
  private volatile boolean ending;

  private VersionWatch(Path table) {
    this.table = table;
    thread.setDaemon(true);
  }

  /**
   * @param table its directory, which may not exist yet
   */
  static VersionWatch start(Path table) {
    VersionWatch watch = new VersionWatch(table);
    watch.thread.start();
    return watch;
  }

  /** By version, when it was found, in milliseconds since 1970. */
  Map<Long, Long> seenMs() {
    synchronized (seenMs) {
      return new TreeMap<>(seenMs);
    }
  }

  /**
   * The latencies of all rows that were sent at or after a moment, in milliseconds: from the time
   * in a row's field until its version was found.
   */
  List<Long> latencies(long fromMs) throws IOException {
    return latencies(table, seenMs(), fromMs);
  }

  static List<Long> latencies(Path table, Map<Long, Long> seenMs, long fromMs) throws IOException {
    List<Long> latencies = new ArrayList<>();
    for (Map.Entry<Long, Long> version : seenMs.entrySet()) {
      Path file = DeltaVersion.file(table, version.getKey());
      for (String path : DeltaVersion.read(file).added().keySet()) {
        SentTimes.read(
            table.resolve(path),
            sentMs -> {
              if (sentMs >= fromMs) {
                latencies.add(version.getValue() - sentMs);
              }
            });
      }
    }
    return latencies;
  }

  @Override
  public void close() {
    ending = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    for (long version = 0; !ending; ) {
      if (Files.exists(DeltaVersion.file(table, version))) {
        synchronized (seenMs) {
          seenMs.put(version++, System.currentTimeMillis());
        }
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
