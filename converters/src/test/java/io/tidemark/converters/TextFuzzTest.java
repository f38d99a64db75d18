package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.converters.json.JsonSyntaxException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged texts: never an error that is none of the parser's own, never a text that strict Jackson
 * refuses, never another value than Jackson's.
 */
class TextFuzzTest {

  private static final int TEXTS = 60_000;

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .setNodeFactory(new JsonNodeFactory(true));

  private static final String[] PARTS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00",
    "\"a\"",
    "\"a\":",
    "null",
    "true",
    "1",
    "-",
    "0",
    ".",
    "e",
    "E+",
    "9223372036854775808",
    "1e309",
    " ",
    "\n",
    "ä",
    "🌊",
    "{\"a\":1}",
    "[[",
    "]]",
    "\\u0061",
    "1.5e3",
    "\"\\n\""
  };

  private static final String[] SEEDS = {
    "{\"order_id\": 4711, \"customer\": \"C-17\", \"total\": 19.99, \"lines\": [{\"sku\": \"ä\"}]}",
    "[1, -0, 0.5, 1e5, -1.25E-2, 9223372036854775807, true, false, null, \"\\u00e4\\ud83c\\udf0a\"]",
    "{\"a\": {\"a\": [[], {}, \"🌊\"], \"b\": \"\\\\\\\"\\/\"}, \"\\u0062\": \"x\", \"\": null}"
  };

  @Test
  void damagedTextsAreReadAsJacksonReadsThemOrRefused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < TEXTS; i++) {
      byte[] text = random.nextInt(4) == 0 ? joined(random) : damaged(random);
      String shown = "seed " + seed + ", text " + HexFormat.of().formatHex(text);
      JsonTokens tokens;
      try {
        tokens = JsonTokens.of(text);
      } catch (JsonSyntaxException e) {
        assertThat(e.position()).as(shown).isBetween(0, text.length);
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError(shown, e);
      }
      accepted++;
      JsonNode tree;
      try {
        tree = STRICT.readTree(text);
      } catch (IOException e) {
        throw new AssertionError("accepted what Jackson refuses; " + shown, e);
      }
      assertThat(isSame(tokens, 0, tree)).as(shown).isTrue();
      assertThat(tokens.after(0)).as(shown).isEqualTo(tokens.size());
    }
    assertThat(accepted).as("seed " + seed).isGreaterThan(TEXTS / 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{",
        "\"",
        "\"\\u",
        "\\u",
        "[\"",
        "{\"a\":",
        "{\"a\":[",
        "[[],",
        "-",
        "9",
        "1e",
        "0.",
        " ",
        "\\",
        "\"\\ud800",
        "[1,",
        "true",
        "\u00e4"
      })
  void aMegabyteOfThePartIsRefused(String part) {
    byte[] one = part.getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[1 << 20];
    for (int i = 0; i < text.length; i++) {
      text[i] = one[i % one.length];
    }
    assertThatThrownBy(() -> JsonTokens.of(text)).isInstanceOf(JsonSyntaxException.class);
    text[0] = '"';
    Arrays.fill(text, 1, text.length - 1, (byte) 'x');
    text[text.length - 1] = '"';
    assertThat(JsonTokens.of(text).text(0)).hasSize(text.length - 2);
  }

  @Test
  void aHundredThousandMembersAreChecked() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      // Names that all have one hash: Aa and BB have the same.
      for (int bit = 16; bit >= 0; bit--) {
        text.append(bit == 16 ? "\"" : ((i >> bit) & 1) == 0 ? "Aa" : "BB");
      }
      text.append(i >> 16 == 0 ? "" : "x").append("\":0,");
    }
    String unique = text + "\"last\":0}";
    assertThat(JsonTokens.of(unique.getBytes(StandardCharsets.UTF_8)).members(0))
        .isEqualTo(100_001);
    String first = unique.substring(1, unique.indexOf(':'));
    String twice = text + first + ":0}";
    assertThatThrownBy(() -> JsonTokens.of(twice.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            JsonSyntaxException.class,
            e -> assertThat(e.position()).isEqualTo(twice.length() - first.length() - 2));
  }

  private static byte[] joined(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] damaged(Random random) {
    byte[] text = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length);
      switch (random.nextInt(5)) {
        case 0 -> text[at] = (byte) random.nextInt(256);
        case 1 -> text[at] = (byte) "0123456789.eE+-\"\\u{}[],: aZ".charAt(random.nextInt(27));
        case 2 -> text = Arrays.copyOf(text, at + 1);
        case 3 -> text = replaced(text, at, at + random.nextInt(text.length - at), "");
        default -> text = replaced(text, at, at, PARTS[random.nextInt(PARTS.length)]);
      }
      if (text.length == 0) {
        return text;
      }
    }
    return text;
  }

  private static byte[] replaced(byte[] text, int from, int to, String with) {
    byte[] inserted = with.getBytes(StandardCharsets.UTF_8);
    byte[] result = Arrays.copyOf(text, from + inserted.length + text.length - to);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(text, to, result, from + inserted.length, text.length - to);
    return result;
  }

  private static boolean isSame(BigDecimal one, BigDecimal other) {
    return one.compareTo(other) == 0 && one.scale() == other.scale();
  }

  private static boolean isSame(JsonTokens tokens, int token, JsonNode tree) {
    return switch (tokens.kind(token)) {
      case NULL -> tree.isNull();
      case TRUE -> tree.isBoolean() && tree.booleanValue();
      case FALSE -> tree.isBoolean() && !tree.booleanValue();
      case STRING -> tree.isTextual() && tree.textValue().equals(tokens.text(token));
      case INTEGER ->
          tree.isIntegralNumber()
              && isSame(tokens.decimalValue(token), new BigDecimal(tree.bigIntegerValue()))
              && tokens.fitsLong(token) == tree.canConvertToLong()
              && (!tokens.fitsLong(token) || tokens.longValue(token) == tree.longValue());
      case DECIMAL ->
          tree.isBigDecimal()
              && isSame(tokens.decimalValue(token), tree.decimalValue())
              && tokens.doubleValue(token) == tree.decimalValue().doubleValue();
      case ARRAY -> {
        boolean same = tree.isArray() && tree.size() == tokens.members(token);
        int element = token + 1;
        for (int i = 0; same && i < tree.size(); i++, element = tokens.after(element)) {
          same = isSame(tokens, element, tree.get(i));
        }
        yield same && element == tokens.after(token);
      }
      case OBJECT -> {
        boolean same = tree.isObject() && tree.size() == tokens.members(token);
        int name = token + 1;
        for (int i = 0; same && i < tree.size(); i++, name = tokens.after(name + 1)) {
          JsonNode value = tree.get(tokens.text(name));
          same = value != null && isSame(tokens, name + 1, value);
        }
        yield same && name == tokens.after(token);
      }
    };
  }
}
