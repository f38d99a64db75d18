package io.tidemark.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import io.tidemark.expressions.function.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the committed reference in step with the code; writes it when asked to. */
class ExpressionsReferenceTest {

  private static final Path PAGE = Checkout.root().resolve("docs/reference/expressions.md");

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.writeString(PAGE, ExpressionsReference.render());
    }
    assertThat(PAGE)
        .as(
            "The reference is stale. Write it again with"
                + " ./mvnw -pl connector-sink -am test -Dtidemark.docs.write=true")
        .hasContent(ExpressionsReference.render());
  }

  @Test
  void everyFunctionIsExplained() {
    assertThat(Functions.listed())
        .hasSizeGreaterThan(80)
        .allSatisfy(
            function -> {
              assertThat(function.signature()).startsWith(function.name() + "(").endsWith(")");
              assertThat(function.meaning()).isNotBlank();
            });
  }
}
