package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Aliases;
import io.tidemark.connector.Checkout;
import io.tidemark.connector.ConfigReference;
import io.tidemark.converters.json.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps the committed reference in step with the code; writes it when asked to. */
class ConverterReferenceTest {

  private static final Path PAGE = Checkout.root().resolve("docs/reference/converter-config.md");

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE)
        .as(
            "The reference is stale. Write it again with"
                + " ./mvnw -pl converters -am test -Dtidemark.docs.write=true")
        .hasContent(page());
  }

  @Test
  void everyKeyIsExplainedInWholeSentences() {
    assertThat(ConverterKeys.definition().configKeys().values())
        .filteredOn(key -> key.group != null)
        .hasSize(8)
        .allSatisfy(key -> assertThat(key.documentation).matches("(?s)[A-Za-z].{20,}\\."));
  }

  private static String page() {
    String opening =
        String.format(
            Locale.ROOT,
            """
      <!-- Generated from the code; see ConverterReferenceTest. Do not edit. -->

      # Configuration of JsonConverter

      `io.tidemark.converters.JsonConverter` is a converter for keys, values and headers of any connector.
      It has the keys, defaults and formats of Connect's `org.apache.kafka.connect.json.JsonConverter`: to
      use it, change the class.

      ```
      value.converter=io.tidemark.converters.JsonConverter
      value.converter.schemas.enable=false
      ```

      Each key is written after `key.converter.`, `value.converter.` or `header.converter.`. Records that
      cannot be read have an error with a code, [TM-800 to TM-805](errors.md#jsonconverter-tm-800-to-tm-809),
      and follow `errors.tolerance` as with Connect's converter.

      ## What is different from Connect's converter

      | | Connect's | Tidemark's |
      |---|---|---|
      | Names that come twice in an object | the last one wins | TM-800 |
      | Characters in more bytes than UTF-8 gives them, half of a surrogate pair such as `\\ud800` | read | TM-800 |
      | Text after the value | left out | TM-800 |
      | Numbers that begin with a zero, such as `007` | read by Connect 4 | TM-800 |
      | UTF-16 and UTF-32 | read | TM-800 |
      | A whole number beyond 64 bits, without schema | another number | a BigDecimal with all digits |
      | A number that is too large for a double | Infinity | TM-801, or `decimal.values=exact` |
      | `-0.0` | 0.0 | -0.0 |
      | A value without bytes, with `schemas.enable=true` | an error | a tombstone, as null |
      | A value that does not fit its schema: 300 for `int8`, text for a number or boolean | another number, 0, false or null | TM-804 |
      | `"NaN"`, `"Infinity"`, `"-Infinity"` for a float or double, as both converters write them | 0.0 | the number |
      | A BigDecimal or BigInteger without schema, when writing | an error | a number |
      | A Struct inside a map or list without schema, when writing | an error | an object |
      | A part of a ByteBuffer, when writing | the whole buffer | the part |

      Without a schema, objects and arrays are maps and lists that decode what is read of them, and can be changed.
      What no transformation has changed is written byte by byte as it was read.

      ## Limits

      | What | Limit |
      |---|---|
      | Bytes of a text | %,d |
      | Objects and arrays inside each other | %,d |
      | Bytes of a name | %,d |
      | Characters of a number | %,d |
      | Exponent of a number | from -%,d to %,d |

      ## Keys

      """,
            Limits.TEXT_BYTES,
            Limits.DEPTH,
            Limits.NAME_BYTES,
            Limits.NUMBER_BYTES,
            Limits.EXPONENT,
            Limits.EXPONENT);
    return ConfigReference.render(
        opening, ConverterKeys.definition(), new Aliases(Map.of()), List.of());
  }
}
