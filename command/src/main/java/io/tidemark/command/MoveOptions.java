package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.storage.MaintainedStorage;
import io.tidemark.command.error.CommandErrors;
import io.tidemark.command.location.Damage;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.location.StateScan;
import io.tidemark.command.move.Move;
import io.tidemark.common.ForwardClock;
import io.tidemark.sink.batch.FrontierMove;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;

/** What rebase and reset have in common: they say what they would do, or do it. */
final class MoveOptions {

  @Mixin private LocationOptions location;
  @Mixin private ExecuteOptions options;

  LocationOptions location() {
    return location;
  }

  /** The location, which has to be sound, and the connector's. */
  LocationScan scan() throws IOException {
    LocationScan scan = LocationScan.of(location.storage());
    if (!scan.damages().isEmpty()) {
      throw CommandErrors.damaged(scan.storage().location(), scan.damages().get(0).path());
    }
    OptionalLong sparks = scan.newestOfSpark();
    if (sparks.isPresent()) {
      throw CommandErrors.sparkWasLast(scan.storage().location(), sparks.getAsLong());
    }
    return scan;
  }

  /** Says what the move would do, or does it. */
  int run(LocationScan scan, FrontierMove wanted, PrintWriter out) throws IOException {
    Optional<Damage> missing =
        new StateScan(scan)
            .missing(
                wanted
                    .operators()
                    .<Map<String, OperatorState>>map(states -> states)
                    .orElse(Map.of()));
    if (missing.isPresent()) {
      throw CommandErrors.stateDamaged(
          scan.storage().location(), missing.get().path(), missing.get().why());
    }
    Move move = new Move(scan.checkpoint(), wanted);
    out.print(move.describe(scan.committed()));
    if (!scan.waiting().isEmpty()) {
      out.println();
      out.println(
          "Segments that wait: "
              + scan.waiting().size()
              + (wanted.operators().isPresent()
                  ? ". They are given up, and their records are read again."
                  : ". What of them continues is committed before."));
    }
    out.println();
    if (!options.execute()) {
      out.println("Nothing was changed. With --execute this is done.");
      out.flush();
      return ExitCode.FINE;
    }
    MaintainedStorage storage = scan.storage();
    options.requireQuiet(storage, ForwardClock.SYSTEM.nowMs());
    Batch done = move.carryOut(location.hadoop());
    out.println("Batch " + done.number() + " did it.");
    out.flush();
    return ExitCode.FINE;
  }
}
