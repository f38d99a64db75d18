package io.tidemark.command;

import picocli.CommandLine;

/** The command for tests of other packages. */
public final class TidemarkAccess {

  private TidemarkAccess() {}

  public static CommandLine commandLine() {
    return Tidemark.commandLine();
  }
}
