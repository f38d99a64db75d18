package io.tidemark.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import io.tidemark.connector.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the committed reference in step with the code; writes it when asked to. */
class SourceReferenceTest {

  private static final Path PAGE = Checkout.root().resolve("docs/reference/source-config.md");

  private static final String OPENING =
      """
      <!-- Generated from the code; see SourceReferenceTest. Do not edit. -->

      # Configuration of the source

      Beside these keys the source reads two of Connect's own: `name` and `exactly.once.support`. A key that
      begins like one of these but is none of them is refused, as are a slip in typing and a key of another source; keys
      of Connect, converters, clients and transformations are left alone, and any other draws a warning. Set Connect's
      `exactly.once.support=required` and `transaction.boundary=connector`:
      [how a table becomes a topic](../concepts/delta-source.md).

      """;

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    String page =
        ConfigReference.render(
            OPENING,
            DeltaSourceConfig.definition(),
            SourceVocabulary.SPARK,
            List.of(SourceVocabulary.HADOOP));
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as(
            "The reference is stale. Write it again with"
                + " ./mvnw -pl connector-source -am test -Dtidemark.docs.write=true")
        .hasContent(page);
  }

  @Test
  void everyKeyIsExplainedInWholeSentences() {
    assertThat(DeltaSourceConfig.definition().configKeys().values())
        .allSatisfy(key -> assertThat(key.documentation).matches("(?s)[A-Za-z].{20,}\\."));
  }
}
