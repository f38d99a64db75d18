package io.tidemark.command.inspect;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.command.location.LocationScan;
import io.tidemark.common.DataFile;
import io.tidemark.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds files that no batch will name: data files of fenced sessions after their last accepted
 * segment, result files of attempts that were not committed, runs that no retained plan and no
 * segment names, and temporary files that were never renamed.
 */
final class OrphanSearch {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanSearch.class);
  private static final String WINDOW = "window-";

  private final LocationScan scan;
  private final TableFolder folder;
  private final List<Orphan> orphans = new ArrayList<>();

  OrphanSearch(LocationScan scan, TableFolder folder) {
    this.scan = scan;
    this.folder = folder;
  }

  List<Orphan> run() throws IOException {
    Batch committed = scan.committed();
    Map<String, Set<String>> resultsByAttempt = results();
    Set<String> tables = new TreeSet<>();
    for (Map.Entry<SessionId, List<String>> session : scan.sessionTables().entrySet()) {
      if (committed.session(session.getKey()).isFenced()) {
        tables.addAll(session.getValue());
      }
    }
    tables.addAll(scan.attempts().values());
    for (String table : tables) {
      try {
        folder.visit(
            table,
            (path, bytes, owner) ->
                reason(committed, resultsByAttempt, path, owner)
                    .ifPresent(why -> orphans.add(new Orphan(path, bytes, why))));
      } catch (IOException e) {
        LOG.debug(
            "Cannot list {} to find orphans; its line in the list of tables says so too", table, e);
      }
    }
    runs(committed);
    scan.temporary()
        .forEach(file -> orphans.add(new Orphan(file.path(), file.bytes(), file.why())));
    return orphans;
  }

  private Optional<String> reason(
      Batch committed, Map<String, Set<String>> results, String path, String owner) {
    if (owner.startsWith(WINDOW)) {
      Set<String> kept = results.get(owner.substring(WINDOW.length()));
      return kept == null || kept.contains(path.substring(path.lastIndexOf('/') + 1))
          ? Optional.empty()
          : Optional.of("attempt " + owner.substring(WINDOW.length()) + " was not committed");
    }
    return SegmentId.tryParse(owner)
        .filter(
            segment -> {
              SessionState state = committed.session(segment.session());
              return state.isFenced() && segment.sequence() > state.accepted();
            })
        .map(
            segment ->
                "its session was fenced by batch "
                    + committed.session(segment.session()).fencedBy());
  }

  /** Names of result files by attempt, for attempts whose batch is done and still has its plan. */
  private Map<String, Set<String>> results() {
    Map<String, Set<String>> results = new HashMap<>();
    for (String entry : scan.attempts().keySet()) {
      Batch plan = scan.plans().get(LocationScan.batchOf(entry));
      if (plan != null && plan.number() <= scan.newestCommitted()) {
        Set<String> names = new HashSet<>();
        for (DataFile file : plan.results()) {
          names.add(file.path().substring(file.path().lastIndexOf('/') + 1));
        }
        results.put(entry.substring(0, entry.indexOf('.')), names);
      }
    }
    return results;
  }

  private void runs(Batch committed) throws IOException {
    Set<String> named = new HashSet<>();
    for (Batch plan : scan.plans().values()) {
      for (Map.Entry<String, OperatorState> operator : plan.operators().entrySet()) {
        for (LiveRun live : operator.getValue().runs()) {
          named.add(operator.getKey() + "/" + live.run().file());
          live.builtFrom().forEach(run -> named.add(operator.getKey() + "/" + run.file()));
        }
      }
    }
    scan.segments()
        .values()
        .forEach(
            segment ->
                segment
                    .operators()
                    .forEach(
                        (name, part) ->
                            part.runs().forEach(run -> named.add(name + "/" + run.file()))));
    for (String operator : scan.storage().directories("state")) {
      for (StoredFile file : scan.storage().files("state/" + operator)) {
        if (!named.contains(operator + "/" + file.name()) && isOver(committed, file.name())) {
          orphans.add(
              new Orphan(
                  "state/" + operator + "/" + file.name(), file.bytes(), "no batch names the run"));
        }
      }
    }
  }

  /** Whether no future batch will name the run for the first time. */
  private static boolean isOver(Batch committed, String file) {
    int end = file.lastIndexOf('-');
    Optional<SegmentId> segment =
        end < 0 ? Optional.empty() : SegmentId.tryParse(file.substring(0, end));
    return segment
        .map(
            id -> {
              SessionState state = committed.session(id.session());
              return state.isFenced() || id.sequence() <= state.accepted();
            })
        .orElse(false);
  }
}
