package io.tidemark.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Words that an operator at night, or somebody whose mother tongue is another one, takes for their
 * opposite or not at all. Looked for in all sources, pages and scripts.
 */
class LanguageTest {

  /** To Kafka people, behind means lagging. */
  private static final Pattern LAG =
      Pattern.compile(
          "(?i)lag|how\\s?far|left? .*behind|leav\\w+ .*behind|leave behind|stays? behind|furthest"
              + "|behind kafka|-behind|watermark|event time|are behind|is behind|behind by"
              + "|minutes behind|the connector's back|behindMs|behind\",|behind, state|=");

  private static final Map<Pattern, String> BETTER =
      new TreeMap<>(java.util.Comparator.comparing(Pattern::pattern));

  static {
    BETTER.put(Pattern.compile("(?i)\\banew\\b"), "again");
    BETTER.put(Pattern.compile("(?i)\\b(go|goes|going|gone|went) on\\b(?! (in|at) )"), "continue");
    BETTER.put(
        Pattern.compile("(?i)\\bthe (batch|one|version) before\\b(?! (this|that|it|which|the)\\b)"),
        "the previous one");
    BETTER.put(Pattern.compile("(?i)\\bso often\\b"), "every ...");
    BETTER.put(Pattern.compile("(?i)\\bmovedBy\\b|\\bFrontierMove\\b"), "reset");
  }

  @Test
  void saysWhatItMeans() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        for (Map.Entry<Pattern, String> word : BETTER.entrySet()) {
          if (word.getKey().matcher(line).find()) {
            found.add(at(file, i, line) + "\n    better: " + word.getValue());
          }
        }
        if (line.toLowerCase(java.util.Locale.ROOT).contains("behind")
            && !LAG.matcher(line).find()) {
          found.add(at(file, i, line) + "\n    better: after, past; behind is for lag");
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** Within a module, where readers see simple names. */
  @Test
  void noTwoClassesOfAModuleHaveOneName() throws IOException {
    List<String> names =
        files().stream()
            .map(file -> Checkout.root().relativize(file).toString())
            .filter(file -> file.contains("/src/main/java/") && !file.endsWith("-info.java"))
            .map(file -> file.replaceFirst("/src/main/java/.*/", " "))
            .toList();
    assertThat(names).hasSizeGreaterThan(500).doesNotHaveDuplicates();
  }

  private static String at(Path file, int line, String text) {
    return Checkout.root().relativize(file) + ":" + (line + 1) + " " + text.strip();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Checkout.root())) {
      return all.filter(Files::isRegularFile)
          .filter(
              file -> {
                String path = Checkout.root().relativize(file).toString();
                return path.matches(".*\\.(java|md|js|properties)")
                    && !path.matches("(.*/)?(target|\\.git|quickstart-work|chaos-work)/.*")
                    && !path.endsWith("LanguageTest.java");
              })
          .sorted()
          .toList();
    }
  }
}
