package io.tidemark.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Watches the checkpoint location from outside: {@code commits/N} appears when batch N is done, and
 * the second line of {@code batches/N} names the segments it rejects. Looks often enough to see
 * each before it is removed as old.
 */
final class Progress implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOOK_MS = 100;

  private final Path checkpoint;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private long batches;
  private long rejected;
  private long lastNanos;
  private long longestGapMs;
  private long longestRecoveryMs;
  private long recoveryMs;
  private long disturbedNanos;
  private boolean disturbed;

  Progress(Path checkpoint) {
    this.checkpoint = checkpoint;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // look() lets nothing out.
  void start() {
    clock.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** Batches committed so far. */
  synchronized long batches() {
    return batches;
  }

  /** Segments rejected so far. */
  synchronized long rejected() {
    return rejected;
  }

  /** The longest time between two batches, in milliseconds. */
  synchronized long longestGapMs() {
    return longestGapMs;
  }

  /**
   * Begins to wait for the next batch, from now; a disturbance not yet recovered from is forgotten.
   */
  synchronized void disturbed() {
    disturbed = true;
    disturbedNanos = System.nanoTime();
  }

  /** Whether a batch was committed since the last disturbance. */
  synchronized boolean recovered() {
    return !disturbed;
  }

  /** How long the last recovery took, in milliseconds. */
  synchronized long recoveryMs() {
    return recoveryMs;
  }

  /** How long the longest recovery took, in milliseconds. */
  synchronized long longestRecoveryMs() {
    return longestRecoveryMs;
  }

  private void recover(long nanos) {
    if (disturbed) {
      disturbed = false;
      recoveryMs = (nanos - disturbedNanos) / 1_000_000;
      longestRecoveryMs = Math.max(longestRecoveryMs, recoveryMs);
    }
  }

  private void look() {
    try {
      see(newest() + 1);
    } catch (IOException notYetThere) {
      // The next look will see it.
    }
  }

  private synchronized void see(long now) throws IOException {
    if (now == batches) {
      return;
    }
    for (long batch = batches; batch < now; batch++) {
      rejected += rejectedBy(batch);
    }
    long nanos = System.nanoTime();
    if (batches > 0) {
      longestGapMs = Math.max(longestGapMs, (nanos - lastNanos) / 1_000_000);
    }
    lastNanos = nanos;
    batches = now;
    recover(nanos);
  }

  private long newest() throws IOException {
    try (Stream<Path> commits = Files.list(checkpoint.resolve("commits"))) {
      return commits
          .map(commit -> commit.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(-1);
    }
  }

  private long rejectedBy(long batch) throws IOException {
    try (Stream<String> lines = Files.lines(checkpoint.resolve("batches/" + batch))) {
      return JSON.readTree(lines.skip(1).findFirst().orElse("{}")).path("rejected").size();
    } catch (NoSuchFileException removedAsOld) {
      return 0;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
