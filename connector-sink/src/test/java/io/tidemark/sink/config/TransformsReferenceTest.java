package io.tidemark.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.function.AggregateFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the committed reference in step with the code; writes it when asked to. */
class TransformsReferenceTest {

  private static final Path PAGE = Checkout.root().resolve("docs/reference/transforms-config.md");

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, TransformsReference.render());
    }
    assertThat(PAGE)
        .as(
            "The reference is stale. Write it again with"
                + " ./mvnw -pl connector-sink -am test -Dtidemark.docs.write=true")
        .hasContent(TransformsReference.render());
  }

  @Test
  void everyKeyHasItsPlaceOnThePage() {
    assertThat(TransformsReference.keys())
        .containsExactlyInAnyOrderElementsOf(WindowedAggregateConfig.keys());
  }

  @Test
  void everyFunctionHasItsPlaceOnThePage() {
    assertThat(TransformsReference.FUNCTIONS.keySet())
        .containsExactlyInAnyOrderElementsOf(AggregateFunctions.names());
  }

  @Test
  void everyKeyIsExplainedInWholeSentences() {
    assertThat(WindowedAggregateConfig.definition().configKeys().values())
        .allSatisfy(key -> assertThat(key.documentation).matches("(?s)[A-Za-z].{20,}\\."));
  }
}
