package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.converters.json.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hundreds of texts of {@code texts.txt}, each of which is JSON, or is not. */
class TextCorpusTest {

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void eachTextIsAcceptedOrRefusedAsItSays() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String[]> texts = texts();
    for (String[] text : texts) {
      if (!text[0].equals(verdict(bytes(text[2])))) {
        wrong.add(String.join(" ", text));
      }
    }
    assertThat(texts).hasSizeGreaterThan(450);
    assertThat(wrong).isEmpty();
  }

  @Test
  void refusalsOfLimitsAreToldFromThoseOfSyntax() throws IOException {
    for (String[] text : texts()) {
      if (text[0].equals("refuse")) {
        byte[] bytes = bytes(text[2]);
        try {
          JsonTokens.of(bytes);
        } catch (JsonSyntaxException e) {
          assertThat(e.isLimit()).as(text[2]).isEqualTo(text[1].equals("limit"));
          assertThat(e.position()).as(text[2]).isBetween(0, bytes.length);
        }
      }
    }
  }

  @Test
  void whatIsAcceptedStrictJacksonAcceptsToo() throws IOException {
    for (String[] text : texts()) {
      if (text[0].equals("accept")) {
        assertThat(STRICT.readTree(bytes(text[2]))).as(text[2]).isNotNull();
      }
    }
  }

  private static String verdict(byte[] text) {
    try {
      JsonTokens.of(text);
      return "accept";
    } catch (JsonSyntaxException e) {
      return "refuse";
    }
  }

  private static List<String[]> texts() throws IOException {
    try (InputStream in = TextCorpusTest.class.getResourceAsStream("texts.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 3))
          .toList();
    }
  }

  private static byte[] bytes(String notation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < notation.length()) {
      char next = notation.charAt(at);
      if (next != '%') {
        bytes.write(next);
        at++;
      } else if (notation.charAt(at + 1) != '(') {
        bytes.write(HexFormat.fromHexDigits(notation, at + 1, at + 3));
        at += 3;
      } else {
        int close = notation.indexOf(')', at);
        int end = notation.indexOf(';', close);
        byte[] part = bytes(notation.substring(at + 2, close));
        for (int i = Integer.parseInt(notation.substring(close + 1, end)); i > 0; i--) {
          bytes.writeBytes(part);
        }
        at = end + 1;
      }
    }
    return bytes.toByteArray();
  }
}
