package io.tidemark.command;

/** The exit codes of the command. */
final class ExitCode {

  static final int FINE = 0;
  static final int FINDINGS = 1;
  static final int USAGE = 2;
  static final int UNREADABLE = 3;

  private ExitCode() {}
}
