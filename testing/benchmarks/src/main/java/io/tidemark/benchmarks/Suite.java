package io.tidemark.benchmarks;

import java.util.Locale;

/** What the command line can ask for. */
enum Suite {
  SINK,
  SOURCE,
  WINDOWS,
  SCALE,
  LATENCY;

  /** As on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
