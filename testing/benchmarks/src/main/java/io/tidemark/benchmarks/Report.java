package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The results of a run in files:
 *
 * <pre>
 *   results.md      the tables
 *   figures.csv     every single figure
 *   sink.svg ..     a chart for each section
 * </pre>
 *
 * @param machine lines on where and when it was measured
 */
record Report(List<String> machine, List<Section> sections, List<Measurement> figures) {

  private static final String IMAGES = "images/benchmarks-";

  /** The tables as Markdown, with links to charts beside it. */
  String markdown() {
    return new MarkdownPage(machine, sections, section -> section.id() + ".svg").text();
  }

  /** Writes all files into a directory. */
  void write(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("results.md"), "# Benchmarks\n\n" + markdown());
      Files.writeString(directory.resolve("figures.csv"), FiguresFile.csv(figures));
      for (Section section : sections) {
        Files.writeString(directory.resolve(section.id() + ".svg"), section.chart().svg());
      }
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("write the results into", directory, e);
    }
  }

  /** Makes them the newest results in {@code docs/benchmarks.md}. */
  void publish(Path docs) {
    String text =
        new MarkdownPage(machine, sections, section -> IMAGES + section.id() + ".svg").text();
    new DocumentationPage(docs.resolve("benchmarks.md")).write(text);
    try {
      for (Section section : sections) {
        Path image = docs.resolve(IMAGES + section.id() + ".svg");
        Files.createDirectories(image.getParent());
        Files.writeString(image, section.chart().svg());
      }
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("write charts into", docs, e);
    }
  }
}
