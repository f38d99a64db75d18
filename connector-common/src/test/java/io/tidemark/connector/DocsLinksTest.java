package io.tidemark.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every relative link of the pages leads to a file, and every anchor to a place in it. */
class DocsLinksTest {

  private static final Path ROOT = Checkout.root();
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

  /** A page that the code names, as in messages: {@code docs/operating/offsets.md#set}. */
  private static final Pattern NAMED =
      Pattern.compile("docs/[A-Za-z0-9/_-]+\\.md(#[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*)?");

  @Test
  void everyLinkOfAPageLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(withoutFences(Files.readString(page)));
      while (link.find()) {
        String target = link.group(1);
        if (!target.matches("[a-z]+:.*") && !leadsSomewhere(page, target)) {
          dead.add(ROOT.relativize(page) + ": " + target);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageThatAMessageNamesIsThere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path source : sources()) {
      Matcher named = NAMED.matcher(Files.readString(source));
      while (named.find()) {
        if (!leadsSomewhere(ROOT.resolve("page.md"), named.group())) {
          dead.add(ROOT.relativize(source) + ": " + named.group());
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    Path docs = ROOT.resolve("docs");
    assertThat(markdown(docs).map(page -> docs.relativize(page).toString()))
        .filteredOn(page -> !page.startsWith("decisions/") && !page.equals("README.md"))
        .allSatisfy(page -> assertThat(index).contains("](" + page));
  }

  @Test
  void anAnchorIsTheHeadingInLowerCaseWithHyphens() {
    String page = "# `x.y=z` and [a link](b.md), 2nd\n## Same\n## Same\n<a id=\"old.name\"></a>\n";
    assertThat(anchors(page))
        .containsExactlyInAnyOrder("xyz-and-a-link-2nd", "same", "same-1", "old.name");
  }

  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path found = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    return Files.exists(found)
        && (hash < 0 || anchors(Files.readString(found)).contains(target.substring(hash + 1)));
  }

  private static Set<String> anchors(String page) {
    String text = withoutFences(page);
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      String slug = slug(heading.group(1));
      int before = seen.merge(slug, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? slug : slug + "-" + before);
    }
    ANCHOR.matcher(text).results().forEach(anchor -> anchors.add(anchor.group(1)));
    return anchors;
  }

  /** As GitHub makes them. */
  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .replaceAll("<[^>]*>", "")
        .replaceAll("&lt;|&gt;", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String withoutFences(String page) {
    return FENCE.matcher(page).replaceAll("");
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> found = Files.list(ROOT)) {
      found.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    for (String directory : List.of("config", "deploy", "docs", "packaging", "testing")) {
      pages.addAll(markdown(ROOT.resolve(directory)).toList());
    }
    return pages;
  }

  private static Stream<Path> markdown(Path directory) throws IOException {
    return files(directory, ".md").stream();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          sources.addAll(files(main, ".java"));
        }
      }
    }
    return sources;
  }

  private static List<Path> files(Path directory, String ending) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
