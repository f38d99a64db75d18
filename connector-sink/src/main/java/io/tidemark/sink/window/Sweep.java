package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.common.DataFile;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.windows.close.Operator;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes runs that no retained batch names, and result files of attempts without a batch. */
public final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final CheckpointLocation checkpoint;
  private final List<Operator> operators;
  private final DataFiles dataFiles;

  /** Files of runs by the retained batch that names them: plans are read once. */
  private final TreeMap<Long, Set<String>> named = new TreeMap<>();

  public Sweep(CheckpointLocation checkpoint, Collection<Operator> operators, DataFiles dataFiles) {
    this.checkpoint = checkpoint;
    this.operators = List.copyOf(operators);
    this.dataFiles = dataFiles;
  }

  /**
   * Sweeps after a batch that is the newest committed one.
   *
   * @param last the last batch that is not retained
   */
  public void after(Batch committed, long last) throws IOException {
    if (operators.isEmpty()) {
      return;
    }
    sweepAttempts(last);
    if (operators.stream().anyMatch(Operator::isDistinct)) {
      sweepReplaced(last);
    }
    Map<Operator, List<String>> files = new LinkedHashMap<>();
    for (Operator operator : operators) {
      files.put(operator, operator.runs().list());
    }
    SortedSet<SessionId> sessions = checkpoint.sessions().sessions();
    Optional<Set<String>> kept = kept(last);
    if (kept.isEmpty()) {
      return;
    }
    for (Map.Entry<Operator, List<String>> listed : files.entrySet()) {
      sweepRuns(
          listed.getKey(),
          listed.getValue(),
          kept.get(),
          file -> isOver(file, committed, last, sessions));
    }
  }

  /**
   * Files of runs that a retained batch names; empty when plans were removed meanwhile, so that
   * later ones are not known. The runs and the sessions are listed before: whatever is listed, and
   * whose session is over by then, no later plan names for the first time. A driver that slept in
   * between would otherwise delete what other drivers have accepted since.
   */
  private Optional<Set<String>> kept(long last) throws IOException {
    named.headMap(last, true).clear();
    for (long number : checkpoint.batches().numbers()) {
      if (number > last && !named.containsKey(number)) {
        Optional<Batch> batch = checkpoint.batches().read(number);
        if (batch.isEmpty()) {
          return Optional.empty();
        }
        named.put(number, files(batch.get()));
      }
    }
    return Optional.of(named.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
  }

  private static Set<String> files(Batch batch) {
    Set<String> files = new HashSet<>();
    for (Map.Entry<String, OperatorState> operator : batch.operators().entrySet()) {
      for (LiveRun live : operator.getValue().runs()) {
        files.add(operator.getKey() + "/" + live.run().file());
        live.builtFrom().forEach(run -> files.add(operator.getKey() + "/" + run.file()));
      }
    }
    return files;
  }

  private static void sweepRuns(
      Operator operator, List<String> files, Set<String> kept, Predicate<String> isOver)
      throws IOException {
    int deleted = 0;
    for (String file : files) {
      if (!kept.contains(operator.name() + "/" + file) && isOver.test(file)) {
        operator.runs().delete(file);
        deleted++;
      }
    }
    if (deleted > 0) {
      LOG.debug("Deleted {} runs of {} that no batch needs", deleted, operator.name());
    }
  }

  /** Whether no later batch can name the file for the first time. */
  private static boolean isOver(String file, Batch committed, long last, Set<SessionId> sessions) {
    int end = file.lastIndexOf('-');
    Optional<SegmentId> segment =
        end < 0 ? Optional.empty() : SegmentId.tryParse(file.substring(0, end));
    if (segment.isEmpty()) {
      return end > 0 && AttemptLog.batch(file) <= last;
    }
    SessionId session = segment.get().session();
    SessionState state = committed.session(session);
    return state.isFenced()
        || segment.get().sequence() <= state.accepted()
        || (!sessions.contains(session) && !committed.sessions().containsKey(session));
  }

  /**
   * Deletes what old batches have replaced, in case their driver died before it did so. The file of
   * a void plan stays, because a later batch may have committed it.
   */
  private void sweepReplaced(long last) throws IOException {
    for (long number : checkpoint.batches().numbers()) {
      if (number <= last) {
        Optional<Batch> plan = checkpoint.plan(number);
        if (plan.isPresent() && !plan.get().replaced().isEmpty()) {
          dataFiles.delete("batch " + number, plan.get().replaced());
        }
      }
    }
  }

  private void sweepAttempts(long last) throws IOException {
    for (Map.Entry<String, String> entry : checkpoint.attempts().entries(last).entrySet()) {
      Optional<String> table = checkpoint.attempts().table(entry.getKey());
      Optional<Batch> plan = checkpoint.plan(AttemptLog.batch(entry.getValue()));
      // Only the plan shows which of the files the table has.
      if (table.isPresent() && plan.isPresent()) {
        int deleted =
            dataFiles.deleteOwned(
                table.get(), WindowCloser.NAME_START + entry.getValue(), paths(plan.get()));
        if (deleted > 0) {
          LOG.info(
              "Deleted {} data files of {} that were never committed, left by attempt {}",
              deleted,
              table.get(),
              entry.getValue());
        }
      }
      checkpoint.attempts().forget(entry.getKey());
    }
  }

  private static Set<String> paths(Batch batch) {
    return batch.results().stream().map(DataFile::path).collect(Collectors.toSet());
  }
}
