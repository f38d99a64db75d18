package io.tidemark.command.location;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.RunCheck;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.storage.StoredFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The runs below {@code state/} that plans and waiting segments name, each checked once. Files that
 * nothing names are ignored.
 */
public final class StateScan {

  private final LocationScan scan;
  private final RunCheck check;
  private final SortedMap<String, Optional<String>> checked = new TreeMap<>();

  public StateScan(LocationScan scan) {
    this.scan = scan;
    this.check = new RunCheck(scan.storage());
  }

  /** What is wrong with a run, if anything; reads its file on the first call. */
  public Optional<Damage> damage(String operator, Run run) throws IOException {
    String path = RunCheck.path(operator, run);
    Optional<String> problem = checked.get(path);
    if (problem == null) {
      problem = check.problem(operator, run);
      checked.put(path, problem);
    }
    return problem.map(why -> new Damage("state/" + operator, run.file(), run.bytes(), why));
  }

  /** The first unusable run that the operators need to continue from these states. */
  public Optional<Damage> missing(Map<String, OperatorState> operators) throws IOException {
    for (Map.Entry<String, OperatorState> operator : operators.entrySet()) {
      for (LiveRun live : operator.getValue().runs()) {
        Optional<Damage> damage = damage(operator.getKey(), live.run());
        if (damage.isPresent() && !hasStandIns(operator.getKey(), live)) {
          return damage;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the runs that a merged run was built from are kept and undamaged. */
  public boolean hasStandIns(String operator, LiveRun live) throws IOException {
    for (Run source : live.builtFrom()) {
      if (damage(operator, source).isPresent()) {
        return false;
      }
    }
    return !live.builtFrom().isEmpty();
  }

  /**
   * Runs that are needed to continue and whose files are missing or have the wrong size. This needs
   * only a listing, because a connector may be running.
   */
  public List<Damage> listed() throws IOException {
    SortedMap<String, Damage> damages = new TreeMap<>();
    Map<String, Map<String, Long>> sizes = new HashMap<>();
    for (Map.Entry<String, OperatorState> operator :
        scan.newestPlan().orElse(Batch.NONE).operators().entrySet()) {
      for (LiveRun live : operator.getValue().runs()) {
        SortedMap<String, Damage> standIns = new TreeMap<>();
        for (Run source : live.builtFrom()) {
          look(operator.getKey(), source, sizes, standIns);
        }
        if (live.builtFrom().isEmpty() || !standIns.isEmpty()) {
          look(operator.getKey(), live.run(), sizes, damages);
        }
      }
    }
    for (Segment segment : scan.waiting()) {
      for (String operator : segment.operators().keySet()) {
        for (Run run : segment.operators().get(operator).runs()) {
          look(operator, run, sizes, damages);
        }
      }
    }
    return List.copyOf(damages.values());
  }

  private void look(
      String operator,
      Run run,
      Map<String, Map<String, Long>> sizes,
      SortedMap<String, Damage> damages)
      throws IOException {
    Map<String, Long> there = sizes.get(operator);
    if (there == null) {
      there = new HashMap<>();
      for (StoredFile file : scan.storage().files("state/" + operator)) {
        there.put(file.name(), file.bytes());
      }
      sizes.put(operator, there);
    }
    Long bytes = there.get(run.file());
    if (bytes == null || bytes != run.bytes()) {
      damages.put(
          RunCheck.path(operator, run),
          new Damage(
              "state/" + operator,
              run.file(),
              run.bytes(),
              bytes == null ? RunCheck.MISSING : "it has " + bytes + " bytes of " + run.bytes()));
    }
  }
}
