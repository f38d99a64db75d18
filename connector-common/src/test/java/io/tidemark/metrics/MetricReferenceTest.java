package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Keeps the committed reference in step with the code; writes it when asked to. */
class MetricReferenceTest {

  private static final Path PAGE = Checkout.root().resolve("docs/reference/metrics.md");

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.writeString(PAGE, MetricReference.render());
    }
    assertThat(PAGE)
        .as(
            "The reference is stale. Write it again with"
                + " ./mvnw -pl connector-common test -Dtidemark.docs.write=true")
        .hasContent(MetricReference.render());
  }

  @Test
  void everyMetricIsExplainedInWholeSentences() {
    assertThat(Metric.values())
        .allSatisfy(
            metric -> {
              assertThat(metric.meaning()).matches("(?s)[A-Z0-9].{8,}\\.");
              assertThat(metric.worry()).matches("(?s)[A-Z0-9].{8,}\\.");
              assertThat(metric.unit()).isNotEmpty();
            });
  }

  /** Exporters and people tell counters by their names, and units as well. */
  @Test
  void namesHaveTheFormOfKafkas() {
    assertThat(Metric.values())
        .allSatisfy(
            metric -> {
              assertThat(metric.id()).matches("tidemark-(sink|source)(-[a-z]+)+");
              assertThat(metric.id().endsWith("-total"))
                  .isEqualTo(metric.kind() == Metric.Kind.COUNTER);
              if (metric.unit().startsWith("seconds") || metric.unit().equals("bytes")) {
                assertThat(metric.id().replace("-total", ""))
                    .endsWith("-" + metric.unit().split(" ", -1)[0]);
              }
            });
    assertThat(Arrays.stream(Metric.values()).map(Metric::id)).doesNotHaveDuplicates();
  }
}
