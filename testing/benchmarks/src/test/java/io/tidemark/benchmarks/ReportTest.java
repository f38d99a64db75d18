package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {

  private static final String LABEL = "<ours> & \"theirs\" 'again'";

  @TempDir Path directory;

  @Test
  void writesATableWhoseCellsMayHaveBars() {
    assertThat(
            MarkdownPage.table(
                List.of("who", "cold"), List.of(List.of("a|b", "1"), List.of("c", "2"))))
        .isEqualTo(
            """
            | who | cold |
            |---|---|
            | a\\|b | 1 |
            | c | 2 |
            """);
  }

  @Test
  void writesSectionsWithTheirChartAndWhatIsUnfair() {
    String page =
        new MarkdownPage(List.of("a machine"), List.of(section()), s -> s.id() + ".svg").text();

    assertThat(page)
        .contains("* a machine\n\n## From here to there\n\nWhat was measured\n\n| who | cold |\n")
        .contains("![From here to there](sink.svg)\n\n* a note\n\n")
        .contains("What is unfair to whom:\n\n* one thing\n");
  }

  @Test
  void breaksLongLinesBetweenWords() {
    String word = "twelve-chars ";
    Section section = section();
    String page =
        new MarkdownPage(List.of(word.repeat(30).strip()), List.of(section), s -> "").text();

    assertThat(page.lines()).allMatch(line -> line.length() <= 120);
    assertThat(page.replace("\n  ", " ")).contains("* " + word.repeat(30).strip() + "\n");
  }

  @Test
  void drawsBarsToScaleWithTheirRangeAndFigures() throws Exception {
    Document svg = parsed(section().chart().svg());

    Element longest = (Element) svg.getElementsByTagName("rect").item(0);
    Element shortest = (Element) svg.getElementsByTagName("rect").item(1);
    Element range = (Element) svg.getElementsByTagName("line").item(0);
    double width = Double.parseDouble(longest.getAttribute("width"));
    double left = Double.parseDouble(longest.getAttribute("x"));
    assertThat(Double.parseDouble(shortest.getAttribute("width"))).isEqualTo(width / 4);
    assertThat(Double.parseDouble(range.getAttribute("x1"))).isEqualTo(left + width / 2);
    assertThat(Double.parseDouble(range.getAttribute("x2"))).isEqualTo(left + width);
    assertThat(longest.getAttribute("class")).isEqualTo("ours");
    assertThat(shortest.getAttribute("class")).isEqualTo("other");
  }

  @Test
  void escapesTextInSvg() throws Exception {
    String svg = new BarChart(LABEL, LABEL, List.of(new Bar(LABEL, one(1), true))).svg();

    assertThat(svg).doesNotContain(LABEL).contains("&lt;ours&gt; &amp; &quot;theirs&quot;");
    assertThat(parsed(svg).getElementsByTagName("title").item(0).getTextContent()).isEqualTo(LABEL);
  }

  @Test
  void drawsAnSvgForLightAndDarkEvenWithoutBars() throws Exception {
    String svg = new BarChart("nothing", "s", List.of()).svg();

    assertThat(parsed(svg).getElementsByTagName("rect").getLength()).isZero();
    assertThat(svg).contains("@media (prefers-color-scheme: dark)");
  }

  @Test
  void writesEveryFigureAsCsv() {
    Measurement figure =
        new Measurement(
            Suite.SINK, "a, \"b\"", "cold", 2, 500_000, new Usage(3, 12.5, 1024), "detail");

    assertThat(FiguresFile.csv(List.of(figure)).lines())
        .hasSize(2)
        .last()
        .isEqualTo("sink,\"a, \"\"b\"\"\",\"cold\",2,500000,3.00,12.500,1024,6.000,\"detail\"");
  }

  @Test
  void writesAllFilesOfARun() throws IOException {
    new Report(List.of("a machine"), List.of(section()), List.of()).write(directory);

    assertThat(directory.resolve("results.md")).content().contains("](sink.svg)");
    assertThat(directory.resolve("sink.svg")).content().startsWith("<svg ");
    assertThat(directory.resolve("figures.csv")).content().startsWith("suite,contestant,");
  }

  @Test
  void replacesTheGeneratedPartOfThePageAndNothingElse() throws IOException {
    Path page = directory.resolve("benchmarks.md");
    Files.writeString(
        page,
        "before\n"
            + DocumentationPage.BEGIN
            + "\nobsolete\n"
            + DocumentationPage.END
            + "\nafter\n");
    Report report = new Report(List.of("a machine"), List.of(section()), List.of());

    report.publish(directory);
    report.publish(directory);

    assertThat(page)
        .content()
        .startsWith("before\n" + DocumentationPage.BEGIN + "\n\n* a machine\n")
        .endsWith("\n\n" + DocumentationPage.END + "\nafter\n")
        .contains("](images/benchmarks-sink.svg)")
        .doesNotContain("obsolete");
    assertThat(directory.resolve("images/benchmarks-sink.svg")).exists();
  }

  @Test
  void refusesAPageWithoutTheTwoLines() {
    DocumentationPage page = new DocumentationPage(directory.resolve("page.md"));

    assertThatThrownBy(() -> page.replaced("text", "new")).hasMessageContaining("TM-988");
    assertThatThrownBy(() -> page.replaced(DocumentationPage.END + DocumentationPage.BEGIN, "new"))
        .hasMessageContaining("TM-988");
  }

  private static Section section() {
    String title = "From here to there";
    return new Section(
        "sink",
        title,
        "What was measured",
        List.of("who", "cold"),
        List.of(List.of("ours", "8")),
        new BarChart(
            title,
            "seconds",
            List.of(
                new Bar("ours", new Spread(8, 4, 8, 3), true), new Bar("other", one(2), false))),
        List.of("a note"),
        List.of("one thing"));
  }

  private static Spread one(double figure) {
    return Spread.of(List.of(figure));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
