package io.tidemark.command.reset;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.command.text.Figures;
import io.tidemark.command.text.TextTable;
import io.tidemark.common.ForwardClock;
import io.tidemark.connector.Version;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.sink.audit.OffsetsInTable;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.ResetExecution;
import io.tidemark.sink.file.DataFileStore;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.window.WindowCloser;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * A reset of the frontier: as text, and carried out by a driver of this process. The driver removes
 * no old entries, since it does not know how many the connector wants to keep.
 */
public final class Reset {

  private static final int RETAIN_ALL = 1 << 30;
  private static final long TIMEOUT_MS = 60_000;

  private final CheckpointLocation checkpoint;
  private final OffsetReset reset;

  public Reset(CheckpointLocation checkpoint, OffsetReset reset) {
    this.checkpoint = checkpoint;
    this.reset = reset;
  }

  /** The result for each partition, and for open windows. */
  public String describe(Batch now) {
    return describe(now.frontier()) + windows(now.operators());
  }

  private String windows(SortedMap<String, OperatorState> now) {
    SortedMap<String, OperatorState> then = reset.operators().orElse(now);
    if (now.isEmpty() && then.isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable("operator", "-partials now", "-partials then", "watermark then (UTC)");
    Set<String> names = new TreeSet<>(now.keySet());
    names.addAll(then.keySet());
    for (String name : names) {
      OptionalLong watermarkMs =
          then.containsKey(name) ? then.get(name).watermarkMs() : OptionalLong.empty();
      table.row(
          name,
          partials(now.get(name)),
          partials(then.get(name)),
          watermarkMs.isPresent() ? Figures.time(watermarkMs.getAsLong()) : "none");
    }
    return "\n" + table;
  }

  private static String partials(OperatorState state) {
    return state == null ? "none" : Figures.number(state.partials());
  }

  private String describe(Frontier now) {
    TextTable table = new TextTable("partition", "-end now", "-end then", "what that means");
    for (Map.Entry<TopicPartition, OptionalLong> end : reset.ends().entrySet()) {
      OptionalLong before = now.end(end.getKey());
      table.row(
          end.getKey().toString(),
          before.isEmpty() ? "none" : Figures.number(before.getAsLong()),
          end.getValue().isEmpty() ? "none" : Figures.number(end.getValue().getAsLong()),
          meaning(before, end.getValue()));
    }
    return table.toString();
  }

  private static String meaning(OptionalLong before, OptionalLong then) {
    if (then.isEmpty()) {
      return "starts as if it was never read";
    }
    if (before.isEmpty()) {
      return "starts there";
    }
    long distance = then.getAsLong() - before.getAsLong();
    return distance == 0
        ? "unchanged"
        : distance < 0
            ? Figures.number(-distance) + " offsets are read again, if Kafka still has them"
            : Figures.number(distance) + " offsets are skipped";
  }

  /**
   * Carries out the reset; sealed segments are committed first.
   *
   * @return the batch with the reset
   */
  public Batch carryOut(HadoopFileSystems fileSystems) throws IOException {
    String queryId = checkpoint.queryId();
    DeltaTables tables = new DeltaTables(fileSystems, "Tidemark/" + Version.TEXT);
    DataFiles files = new DataFiles(new DataFileStore(fileSystems), tables, new LongAdder());
    int tasks =
        1 + checkpoint.sessions().sessions().stream().mapToInt(SessionId::task).max().orElse(0);
    Driver driver =
        new Driver(
            checkpoint,
            new BatchCommit(checkpoint, tables, files, queryId),
            new Cleanup(checkpoint, files, RETAIN_ALL),
            WindowCloser.none(checkpoint),
            ResetExecution.TIMING,
            0,
            tasks,
            UUID.randomUUID().toString().replace("-", "").substring(16),
            batch -> {});
    driver.check(new OffsetsInTable(tables, queryId, checkpoint.location(), false)::require);
    new ResetExecution(ForwardClock.SYSTEM, Reset::pause, TIMEOUT_MS)
        .carryOut(driver, reset, checkpoint.location());
    return checkpoint.plan(checkpoint.commits().latest().orElse(-1)).orElse(Batch.NONE);
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
