package io.tidemark.converters;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random JSON texts, written in as many ways as the grammar has. */
final class Texts {

  private static final Arbitrary<String> WHITE = Arbitraries.of("", "", " ", "\n\t", "\r\n ");

  private Texts() {}

  /** Any document. */
  static Arbitrary<String> documents() {
    return value(4);
  }

  /** The text of an object. */
  static Arbitrary<String> objects() {
    return object(3);
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            strings(), integers(), decimals(), Arbitraries.of("true", "false", "null"));
    return depth == 0
        ? scalar
        : Arbitraries.frequencyOf(
            Tuple.of(3, scalar), Tuple.of(1, object(depth - 1)), Tuple.of(1, array(depth - 1)));
  }

  private static Arbitrary<String> array(int depth) {
    return Combinators.combine(Arbitraries.lazy(() -> value(depth)).list().ofMaxSize(4), WHITE)
        .as((elements, white) -> "[" + white + String.join(white + "," + white, elements) + "]");
  }

  private static Arbitrary<String> object(int depth) {
    return Combinators.combine(
            Arbitraries.maps(names(), Arbitraries.lazy(() -> value(depth))).ofMaxSize(5), WHITE)
        .as(
            (members, white) -> {
              Map<String, String> quoted = new LinkedHashMap<>();
              members.forEach((name, value) -> quoted.put(quoted(name), value));
              return "{"
                  + white
                  + String.join(
                      "," + white,
                      quoted.entrySet().stream()
                          .map(entry -> entry.getKey() + white + ":" + entry.getValue() + white)
                          .toList())
                  + "}";
            });
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().withChars("abäß\"\\\n🌊").ofMaxLength(3).filter(Texts::isWhole);
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.strings().all().ofMaxLength(12).filter(Texts::isWhole).map(Texts::quoted);
  }

  /** Whether every surrogate has its other half. */
  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(point -> point <= 0xffff && Character.isSurrogate((char) point));
  }

  private static Arbitrary<String> integers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Object::toString),
        Arbitraries.of("0", "-0", "-1", "1000000000000"));
  }

  private static Arbitrary<String> decimals() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().map(Object::toString),
        Arbitraries.bigDecimals()
            .between(new BigDecimal(-1_000_000), new BigDecimal(1_000_000))
            .ofScale(4)
            .map(BigDecimal::toPlainString),
        Arbitraries.of("1e2", "1E+2", "25e-1", "0.0", "1.10", "0e0"));
  }

  /** A string in quotes, a third of its characters escaped. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
              } else if (point == '\n') {
                quoted.append("\\n");
              } else if (point < 0x20 || (point + quoted.length()) % 3 == 0) {
                for (char unit : Character.toChars(point)) {
                  unit(quoted, unit);
                }
              } else {
                quoted.appendCodePoint(point);
              }
            });
    return quoted.append('"').toString();
  }

  private static void unit(StringBuilder to, char unit) {
    to.append("\\u").append(HexFormat.of().toHexDigits(unit));
  }
}
