package io.tidemark.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The faults of all file systems of one authority: a sequence for each thread, and a line in a log
 * for each fault, {@code <thread> <kind> <operation> <path>}.
 */
final class Faults {

  static final String SEED = "fs.faulty.seed";
  static final String RATE = "fs.faulty.rate";
  static final String LOG = "fs.faulty.log";
  static final String OUTAGE = "fs.faulty.outage";

  private static final Map<String, Faults> BY_AUTHORITY = new ConcurrentHashMap<>();

  private final long seed;
  private final double rate;
  private final Path log;
  private final Optional<Path> outage;
  private final Map<String, FaultSequence> sequences = new ConcurrentHashMap<>();

  Faults(long seed, double rate, Path log, Optional<Path> outage) {
    this.seed = seed;
    this.rate = rate;
    this.log = log;
    this.outage = outage;
  }

  /** Hadoop makes several file systems of one name, which have their faults in common. */
  static Faults of(URI uri, Configuration conf) {
    return BY_AUTHORITY.computeIfAbsent(
        uri.getAuthority(),
        any ->
            new Faults(
                conf.getLong(SEED, 0),
                conf.getDouble(RATE, 0),
                Path.of(conf.getTrimmed(LOG)),
                Optional.ofNullable(conf.getTrimmed(OUTAGE)).map(Path::of)));
  }

  /** What happens to the next call of this thread. */
  Optional<FaultKind> next(Operation operation, Object path) {
    return isOut(path) ? Optional.of(FaultKind.BEFORE) : sequence().next(operation);
  }

  /** Where a file is torn, in bytes. */
  int tornAt() {
    return sequence().upTo(1_500);
  }

  /** How long a call is late, in milliseconds. */
  int delayMs() {
    return sequence().upTo(60);
  }

  /** A fault struck. */
  void struck(FaultKind kind, Operation operation, Object path) {
    String line =
        "%s %s %s %s%n".formatted(Thread.currentThread().getName(), kind, operation, path);
    try {
      Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** While the file of the outage is there, for paths that contain what it says. */
  private boolean isOut(Object path) {
    try {
      return outage.isPresent()
          && Files.exists(outage.get())
          && path.toString().contains(Files.readString(outage.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FaultSequence sequence() {
    return sequences.computeIfAbsent(
        Thread.currentThread().getName(), name -> new FaultSequence(seed + name.hashCode(), rate));
  }
}
