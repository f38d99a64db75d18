package io.tidemark.command.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.fixture.LongRun;
import io.tidemark.command.inspect.Inspection;
import io.tidemark.command.inspect.Inspector;
import io.tidemark.command.inspect.TableFolder;
import io.tidemark.command.location.LocationScan;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PageTest {

  private static final long SEED = 20_261_101;

  @TempDir private Path directory;

  /** The page stays in {@code target}, to be looked at. */
  @Test
  void showsHoursOfBatchesInOneFile() throws Exception {
    LongRun run = new LongRun(directory.resolve("orders-to-delta"), 200, SEED);
    Inspection inspection = inspect(run);
    String page = Page.of(inspection);
    Files.writeString(Path.of("target/inspect.html"), page);
    assertThat(page)
        .contains("48 min without a batch")
        .contains("Batch 1379")
        .contains("segments rejected: 1")
        .contains("orders-7")
        .contains("batch 1240 reset offsets at")
        .contains("offsets reset: topic refunds was created again")
        .contains("planned and not done")
        .contains("fenced by batch 1317");
    assertThat(Pattern.compile("(src|href)=|@import|url\\((?!#)|https?://").matcher(page).find())
        .as("the page loads nothing")
        .isFalse();
    String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void showsALocationWithoutABatch() throws IOException {
    Inspection nothing =
        new Inspection(
            "file:///lake/<orders>",
            "query",
            Optional.empty(),
            0,
            List.of(),
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new TreeMap<>(Offsets.ORDER));
    Files.writeString(Path.of("target/inspect-empty.html"), Page.of(nothing));
    assertThat(Page.of(nothing))
        .contains("No batch is committed yet")
        .contains("It starts with the first batch")
        .doesNotContain("<h2>Partitions")
        .contains("&lt;orders&gt;");
  }

  @Test
  void showsTheFirstBatches() throws IOException {
    LongRun run = new LongRun(directory.resolve("few"), 3, SEED);
    String page = Page.of(inspect(run));
    Files.writeString(Path.of("target/inspect-few.html"), page);
    assertThat(page).contains("3 batches of 3 retained").contains(">now<").doesNotContain("NaN");
  }

  @Test
  void foldsAGapThatWouldSqueezeEverythingElse() {
    long day = 86_400_000;
    TimeScale scale =
        new TimeScale(0, 1_000, new long[] {0, 60_000, 120_000, day, day + 60_000}, day + 60_000);
    assertThat(scale.gaps()).containsExactly(new TimeScale.Gap(120_000, day, true));
    assertThat(scale.x(0)).isEqualTo(0);
    assertThat(scale.x(day + 60_000)).isCloseTo(1_000, offset(0.01));
    assertThat(scale.x(day) - scale.x(120_000)).isLessThan(100);
    assertThat(scale.ticks(80)).isSorted().allMatch(tick -> tick <= 120_000 || tick >= day);
  }

  private static Inspection inspect(LongRun run) throws IOException {
    return new Inspector(
            LocationScan.of(run.storage),
            run,
            new TableFolder(new HadoopFileSystems(Map.of())),
            1_000)
        .inspect(run.nowMs + 12_000, run.logEnds());
  }
}
