package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.converters.json.TapeScratch;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What tokens say of a text. */
class JsonTokensTest {

  @Test
  void standInTheOrderOfTheText() {
    JsonTokens tokens = tokens(" {\"a\": [1, 2.5, \"x\"], \"b\": {}, \"c\": null, \"d\": true} ");
    List<String> found = new ArrayList<>();
    for (int token = 0; token < tokens.size(); token++) {
      found.add(tokens.kind(token) + " " + tokens.text(token));
    }
    assertThat(found)
        .containsExactly(
            "OBJECT {\"a\": [1, 2.5, \"x\"], \"b\": {}, \"c\": null, \"d\": true}",
            "STRING a",
            "ARRAY [1, 2.5, \"x\"]",
            "INTEGER 1",
            "DECIMAL 2.5",
            "STRING x",
            "STRING b",
            "OBJECT {}",
            "STRING c",
            "NULL null",
            "STRING d",
            "TRUE true");
  }

  @Test
  void containersKnowTheirMembersAndWhatFollowsThem() {
    JsonTokens tokens = tokens("[[], {\"a\": {\"b\": []}}, 3]");
    assertThat(tokens.members(0)).isEqualTo(3);
    assertThat(tokens.after(0)).isEqualTo(tokens.size());
    assertThat(tokens.members(1)).isZero();
    assertThat(tokens.after(1)).isEqualTo(2);
    assertThat(tokens.members(2)).isEqualTo(1);
    assertThat(tokens.after(2)).isEqualTo(7);
    assertThat(tokens.longValue(7)).isEqualTo(3);
    assertThat(tokens.after(7)).isEqualTo(8);
  }

  @Test
  void namesAreFoundHoweverTheyAreWritten() {
    JsonTokens tokens = tokens("{\"\\u0061\": 1, \"ä\": 2, \"\\ud83c\\udf0a\": 3, \"ab\": 4}");
    assertThat(tokens.member(0, "a")).isEqualTo(2);
    assertThat(tokens.member(0, "ä")).isEqualTo(4);
    assertThat(tokens.member(0, "🌊")).isEqualTo(6);
    assertThat(tokens.member(0, "ab")).isEqualTo(8);
    assertThat(List.of("b", "", "äb", "abc", "\u00e4\u00e4"))
        .allSatisfy(name -> assertThat(tokens.member(0, name)).isEqualTo(-1));
    assertThat(tokens.is(1, utf8("a"))).isTrue();
    assertThat(tokens.isEscaped(1)).isTrue();
    assertThat(tokens.is(3, utf8("ä"))).isTrue();
    assertThat(tokens.isEscaped(3)).isFalse();
    assertThat(tokens.is(3, utf8("a"))).isFalse();
    assertThat(tokens.is(7, utf8("a"))).isFalse();
  }

  @Test
  void theBoundsOf64BitsAreExact() {
    assertThat(tokens("9223372036854775807").value(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(tokens("-9223372036854775808").value(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(tokens("9223372036854775808").value(0))
        .isEqualTo(new BigDecimal("9223372036854775808"));
    assertThat(tokens("-9223372036854775809").value(0))
        .isEqualTo(new BigDecimal("-9223372036854775809"));
    assertThat(tokens("1.0").fitsLong(0)).isFalse();
    assertThat(tokens("999999999999999999").longValue(0)).isEqualTo(999_999_999_999_999_999L);
    assertThat(tokens("-0").value(0)).isEqualTo(0L);
  }

  @Test
  void decimalsAreTheNearestDouble() {
    assertThat(tokens("19.99").value(0)).isEqualTo(19.99);
    assertThat(tokens("-0.0").value(0)).isEqualTo(-0.0);
    assertThat(tokens("1e308").value(0)).isEqualTo(1e308);
    assertThat(tokens("4.9e-324").value(0)).isEqualTo(Double.MIN_VALUE);
    assertThat(tokens("1e-400").value(0)).isEqualTo(0.0);
    assertThat(tokens("0.000000000000000000000001").value(0)).isEqualTo(1e-24);
    assertThat(tokens("123456789012345.67").value(0)).isEqualTo(123456789012345.67);
  }

  @Test
  void exactDecimalsKeepWhatADoubleDoesNot() {
    assertThat(exact("19.99")).isEqualTo(19.99);
    assertThat(exact("0.1000000000000000055")).isEqualTo(new BigDecimal("0.1000000000000000055"));
    assertThat(exact("1e400")).isEqualTo(new BigDecimal("1e400"));
    assertThat(exact("1.0e2")).isEqualTo(100.0);
    assertThat(exact("12345678901234567890.5")).isEqualTo(new BigDecimal("12345678901234567890.5"));
  }

  @Test
  void kindsHaveTheOrderOfTheTape() {
    JsonTokens tokens = tokens("[{},[],\"\",1,1.5,true,false,null]");
    assertThat(IntStream.range(1, tokens.size()).mapToObj(tokens::kind))
        .containsExactly(Kind.values());
    assertThat(tokens.value(0))
        .isEqualTo(Arrays.asList(Map.of(), List.of(), "", 1L, 1.5, true, false, null));
  }

  private static Object exact(String text) {
    return JsonTokens.of(utf8(text), new TapeScratch(), true, new NameTable()).value(0);
  }

  private static JsonTokens tokens(String text) {
    return JsonTokens.of(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
