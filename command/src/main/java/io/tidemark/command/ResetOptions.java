package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.command.error.CommandErrors;
import io.tidemark.command.location.Damage;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.location.StateScan;
import io.tidemark.command.reset.Reset;
import io.tidemark.common.ForwardClock;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.storage.MaintainedStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;

/** Options and steps that rebase and reset share. */
final class ResetOptions {

  @Mixin private LocationOptions location;
  @Mixin private ExecuteOptions options;

  LocationOptions location() {
    return location;
  }

  /** The location; it must be undamaged, and its newest batch must not be Spark's. */
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

  /** Prints what the reset would do, or carries it out. */
  int run(LocationScan scan, OffsetReset wanted, PrintWriter out) throws IOException {
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
    Reset reset = new Reset(scan.checkpoint(), wanted);
    out.print(reset.describe(scan.committed()));
    if (!scan.waiting().isEmpty()) {
      out.println();
      out.println(
          "Segments waiting: "
              + scan.waiting().size()
              + (wanted.operators().isPresent()
                  ? ". They are rejected, and their records are read again."
                  : ". Those that continue the committed offsets are committed first."));
    }
    out.println();
    if (!options.execute()) {
      out.println("Nothing was changed. Run it again with --execute to do this.");
      out.flush();
      return ExitCode.FINE;
    }
    MaintainedStorage storage = scan.storage();
    options.requireQuiet(storage, ForwardClock.SYSTEM.nowMs());
    Batch done = reset.carryOut(location.fileSystems());
    out.println("Batch " + done.number() + " is written: the offsets are set.");
    out.flush();
    return ExitCode.FINE;
  }
}
