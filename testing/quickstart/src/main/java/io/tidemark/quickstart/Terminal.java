package io.tidemark.quickstart;

import java.io.PrintStream;

/** Steps and their progress: lines that rewrite themselves on a terminal, plain lines in a log. */
final class Terminal {

  private final PrintStream out;
  private final boolean interactive;
  private int step;
  private boolean open;

  Terminal(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** Starts a numbered step. */
  void step(String text) {
    end();
    step++;
    out.printf("%n%2d  %s%n", step, text);
  }

  /** Says something below the current step. */
  void say(String text) {
    end();
    out.println("    " + text);
  }

  /** Shows how far the step is; only the last one stays. */
  void progress(String text) {
    if (interactive) {
      out.printf("\r    %-72s", text);
      out.flush();
      open = true;
    }
  }

  private void end() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
