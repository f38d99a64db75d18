package io.tidemark.command;

import io.tidemark.command.error.CommandErrors;
import io.tidemark.command.repair.Quiet;
import io.tidemark.command.text.Figures;
import io.tidemark.storage.MaintainedStorage;
import java.io.IOException;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Whether to carry out what the command has printed. */
final class ExecuteOptions {

  @Option(
      names = "--execute",
      description =
          "Do it. Without this option, the command says what it would do and changes nothing.")
  private boolean execute;

  @Option(
      names = "--force",
      description = "With --execute: do it even if the connector seems to run.")
  private boolean force;

  boolean execute() {
    return execute;
  }

  /** Refuses when something was written a moment ago. */
  void requireQuiet(MaintainedStorage storage, long nowMs) throws IOException {
    OptionalLong last = Quiet.lastSignMs(storage);
    if (!force && last.isPresent() && nowMs - last.getAsLong() < Quiet.LONG_ENOUGH_MS) {
      throw CommandErrors.seemsToRun(
          storage.location(), Figures.span(Math.max(0, nowMs - last.getAsLong())));
    }
  }
}
