package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of {@code docs/} with one part that a run writes, between two lines that stay. */
record DocumentationPage(Path file) {

  static final String BEGIN = "<!-- ./benchmarks --publish writes what follows -->";
  static final String END = "<!-- ./benchmarks --publish writes what precedes -->";

  /** Replaces the generated part. Fails with TM-988 when the page does not have the two lines. */
  void write(String generated) {
    try {
      Files.writeString(file, replaced(Files.readString(file), generated));
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("write", file, e);
    }
  }

  String replaced(String page, String generated) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw BenchmarkErrors.marksMissing(file);
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n\n"
        + generated.strip()
        + "\n\n"
        + page.substring(end);
  }
}
