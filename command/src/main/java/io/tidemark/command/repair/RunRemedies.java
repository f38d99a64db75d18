package io.tidemark.command.repair;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.RunCheck;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.command.location.Damage;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.location.StateScan;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the remedy for each damaged run of windowed aggregates. A run is named by segments, then by
 * plans while a window of it is open, and by retained plans after that; only the runs in the newest
 * plan are needed to continue, and the sources of a merged run can replace it while they are kept.
 * If nothing can replace a run, the connector can return to an older batch whose state does not
 * need it, and read again from there. Reads only.
 */
final class RunRemedies {

  private final LocationScan scan;
  private final StateScan state;
  private final boolean othersAreMended;
  private final Map<String, Remedy> remedies = new LinkedHashMap<>();
  private OptionalLong returnsTo = OptionalLong.empty();

  /**
   * @param othersAreMended whether all other damaged files have a remedy; otherwise no batch can be
   *     made
   */
  RunRemedies(LocationScan scan, boolean othersAreMended) {
    this.scan = scan;
    this.state = new StateScan(scan);
    this.othersAreMended = othersAreMended;
  }

  /** The batch to return to when files were set aside; empty when that is not needed. */
  OptionalLong returnsTo() {
    return returnsTo;
  }

  Collection<Remedy> find() throws IOException {
    Map<Damage, String> lost = new LinkedHashMap<>();
    Optional<Batch> newest = scan.newestPlan();
    if (newest.isPresent()) {
      for (String operator : newest.get().operators().keySet()) {
        for (LiveRun live : newest.get().operators().get(operator).runs()) {
          live(operator, live, lost);
        }
      }
    }
    for (Segment segment : scan.waiting()) {
      waiting(segment);
    }
    older();
    nothingStandsIn(lost);
    return remedies.values();
  }

  private void live(String operator, LiveRun live, Map<Damage, String> lost) throws IOException {
    Optional<Damage> damage = state.damage(operator, live.run());
    boolean missing = damage.isPresent() && damage.get().why().equals(RunCheck.MISSING);
    if (damage.isPresent() && !state.hasStandIns(operator, live)) {
      lost.put(damage.get(), operator);
    } else if (damage.isPresent() && !missing) {
      put(
          Remedy.setAside(
              damage.get(),
              "the "
                  + live.builtFrom().size()
                  + " runs that it was merged from are whole, and are read instead"));
    }
    if (damage.isEmpty()) {
      for (Run source : live.builtFrom()) {
        spare(operator, source);
      }
    }
  }

  private void spare(String operator, Run source) throws IOException {
    Optional<Damage> damage = state.damage(operator, source);
    if (damage.isPresent() && !damage.get().why().equals(RunCheck.MISSING)) {
      put(
          Remedy.setAside(
              damage.get(), "the run that it was merged into is whole: nothing reads it"));
    }
  }

  private void waiting(Segment segment) throws IOException {
    for (String operator : segment.operators().keySet()) {
      for (Run run : segment.operators().get(operator).runs()) {
        Optional<Damage> damage = state.damage(operator, run);
        if (damage.isPresent()) {
          String name = segment.id().toString();
          put(Remedy.setAside(damage.get(), "only segments/" + name + " names it"));
          put(
              Remedy.setAside(
                  new Damage("segments", name, 0, "a run of it is damaged"),
                  "no batch has decided about it: its records, and those that its task sealed"
                      + " later, are read again once the connector is restarted, if Kafka still has"
                      + " them"));
        }
      }
    }
  }

  /** Runs that only older plans name. */
  private void older() throws IOException {
    Map<String, SortedSet<Long>> batches = new TreeMap<>();
    Map<String, Damage> damages = new TreeMap<>();
    for (Batch plan : scan.plans().values()) {
      for (Map.Entry<String, OperatorState> operator : plan.operators().entrySet()) {
        for (LiveRun live : operator.getValue().runs()) {
          Optional<Damage> damage = state.damage(operator.getKey(), live.run());
          // A missing run was set aside before, or needs no remedy.
          if (damage.isPresent() && !damage.get().why().equals(RunCheck.MISSING)) {
            damages.put(damage.get().path(), damage.get());
            batches.computeIfAbsent(damage.get().path(), any -> new TreeSet<>()).add(plan.number());
          }
        }
      }
    }
    long newest = scan.newestPlan().map(Batch::number).orElse(-1L);
    damages.forEach(
        (path, damage) -> {
          SortedSet<Long> named = batches.get(path);
          if (!named.contains(newest)) {
            put(
                Remedy.setAside(
                    damage,
                    "the newest batch does not name it; "
                        + (named.size() == 1
                            ? "batch " + named.first()
                            : "batches " + named.first() + " to " + named.last())
                        + " can no longer be returned to"));
          }
        });
  }

  /** A run that open windows need and that nothing can replace. */
  private void nothingStandsIn(Map<Damage, String> lost) throws IOException {
    if (lost.isEmpty()) {
      return;
    }
    Optional<ReturnPoint> way = ReturnPoint.find(scan, state, scan.newestPlan().orElseThrow());
    boolean returns = othersAreMended && way.isPresent() && way.get().isFree();
    if (returns) {
      returnsTo = OptionalLong.of(way.get().batch().number());
    }
    for (Map.Entry<Damage, String> run : lost.entrySet()) {
      String why = "it has open windows of " + run.getValue() + ", and nothing can replace it. ";
      put(
          returns
              ? Remedy.giveUp(
                  run.getKey(),
                  why
                      + "The state of batch "
                      + returnsTo.getAsLong()
                      + " is whole, and no batch since has written rows: offsets and windows return"
                      + " there, and the connector continues reading from there, if Kafka still has the"
                      + " records")
              : Remedy.leave(
                  run.getKey(),
                  why + "Restore it from a backup of the location; or " + otherwise(way)));
    }
  }

  private static String otherwise(Optional<ReturnPoint> way) {
    if (way.isEmpty()) {
      return "give up all open windows and begin again, with bin/tidemark reset --all: records that were"
          + " read before are then written again";
    }
    String back =
        "return to the newest batch whose state is whole, with bin/tidemark reset --to-batch "
            + way.get().batch().number();
    if (!way.get().written().isEmpty()) {
      back +=
          ": rows that later batches wrote to "
              + String.join(", ", way.get().written())
              + " are then written again, unless you also restore that table to the batch";
    }
    return way.get().forgets()
        ? back + "; partitions that only later batches name start at starting.offsets"
        : back;
  }

  private void put(Remedy remedy) {
    remedies.putIfAbsent(remedy.file().path(), remedy);
  }
}
