package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.close.Compaction;
import io.tidemark.windows.close.Operator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges runs between two batches. A merged run takes the place of its sources in the plan of a
 * later batch, so that it needs no plan of its own. Until then the sources count; they also count
 * if another driver plans that batch.
 */
final class Compactor {

  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  private final Collection<Operator> operators;
  private final String writer;
  private final int retainedBatches;

  /** Merged runs that are in no plan yet, by operator. */
  private final Map<String, Merged> merged = new HashMap<>();

  private int count;

  /**
   * @param batch the batch after which the sources were live
   * @param run empty when no window of the sources was open any more
   */
  private record Merged(long batch, List<Run> sources, Optional<Run> run) {}

  Compactor(Collection<Operator> operators, String writer, int retainedBatches) {
    this.operators = operators;
    this.writer = writer;
    this.retainedBatches = retainedBatches;
  }

  /** Merges runs after a committed batch, if there are enough small ones. */
  void after(Batch committed) throws IOException {
    for (Operator operator : operators) {
      OperatorState state = committed.operators().get(operator.name());
      if (state != null && !operator.isSession() && !merged.containsKey(operator.name())) {
        List<LiveRun> sources = Compaction.pick(state.runs());
        if (!sources.isEmpty()) {
          merged.put(operator.name(), merge(operator, committed, state, sources));
        }
      }
    }
  }

  /** Uses none of the merged runs; the sweep removes them. */
  void forget() {
    merged.clear();
  }

  private Merged merge(
      Operator operator, Batch committed, OperatorState state, List<LiveRun> sources)
      throws IOException {
    String name = AttemptLog.name(committed.number(), writer, count++) + "-c";
    long closedMicros =
        state.watermarkMs().isPresent() ? state.watermarkMs().getAsLong() * 1000 : Long.MIN_VALUE;
    Optional<Run> run = new Compaction(operator).merge(sources, closedMicros, name);
    LOG.debug("Merged {} runs of {} into {}", sources.size(), operator.name(), run);
    return new Merged(committed.number(), sources.stream().map(LiveRun::run).toList(), run);
  }

  /** The state with merged runs in their places. */
  OperatorState applied(Operator operator, OperatorState before, long batch) throws IOException {
    Merged done = merged.remove(operator.name());
    List<Run> present = before.runs().stream().map(LiveRun::run).toList();
    // Half of the time that the sweep waits, so that it cannot have removed the file.
    boolean usable =
        done != null
            && present.containsAll(done.sources())
            && batch - done.batch() <= retainedBatches / 2;
    List<LiveRun> runs = new ArrayList<>();
    boolean placed = false;
    for (LiveRun live : before.runs()) {
      if (!usable || !done.sources().contains(live.run())) {
        if (live.builtFrom().isEmpty() || batch - live.batch() < retainedBatches) {
          runs.add(live);
        } else {
          runs.addAll(new Compaction(operator).settle(live, batch));
        }
      } else if (!placed) {
        placed = true;
        done.run().ifPresent(run -> runs.add(new LiveRun(run, batch, done.sources())));
      }
    }
    return before.withRuns(runs);
  }
}
