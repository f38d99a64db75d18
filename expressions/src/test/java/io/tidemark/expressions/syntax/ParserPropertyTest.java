package io.tidemark.expressions.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text gives a tree or a SyntaxException, and a printed tree is read as the same tree. */
class ParserPropertyTest {

  private static final List<String> SAMPLES =
      List.of(
          "a.b['x'] >= -1.5e3 AND NOT (c IS NOT NULL OR `d e`.f LIKE 'x\\_%' ESCAPE '!')",
          "CASE x WHEN 1 THEN 'it''s' WHEN 2L THEN \"q\" ELSE CAST(y AS decimal(10, 2)) END || z",
          "a BETWEEN 1 AND 2 AND b NOT IN (1, NULL, 3Y) OR TRY_CAST(c AS timestamp) <=> NULL",
          "-a * (b + - 3) / 4S % 5.5F - 1BD <> 7 IS NOT TRUE",
          "concat_ws(',', upper(a), r'\\d', DATE '2024-02-29', TIMESTAMP '2024-01-01 00:00:00.1')",
          "(a).b.c[1][2].d RLIKE '^x' OR f().g = 'a\\n\\'\\u00e9'",
          "0.05 + 123456789012345678901 - .5D + 1e-3");

  private static final String[] PIECES = {
    "(",
    ")",
    "'",
    "\"",
    "`",
    "\\",
    ".",
    ",",
    " AND ",
    " NOT ",
    " IN ",
    "CASE ",
    "END",
    "[",
    "]",
    "1",
    "e",
    "9999999999999",
    "-",
    "é",
    "\u0000",
    "😀",
    " AS ",
    "<=>",
    "||",
    "NULL",
    "CAST(",
    "*"
  };

  @Test
  void aPrintedTreeIsReadAsTheSameTree() {
    for (String sample : SAMPLES) {
      Node tree = ExpressionParser.parse(sample);
      Node again = ExpressionParser.parse(NodePrinter.print(tree));
      assertThat(shape(again)).as(sample).isEqualTo(shape(tree));
    }
  }

  @Test
  void whateverIsTypedIsReadOrRefused() {
    long seed = Long.getLong("tidemark.expressions.seed", new Random().nextLong());
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 60_000; i++) {
      String text = i % 3 == 0 ? noise(random) : mutated(random);
      try {
        Node tree = ExpressionParser.parse(text);
        assertThat(shape(ExpressionParser.parse(NodePrinter.print(tree))))
            .as("seed %d, text %s", seed, text)
            .isEqualTo(shape(tree));
        read++;
      } catch (SyntaxException e) {
        assertThat(e.position()).isBetween(0, text.length());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", text " + text, e);
      }
    }
    assertThat(read).as("seed %d", seed).isGreaterThan(100);
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
    for (int n = random.nextInt(4) + 1; n > 0; n--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(5));
      String piece =
          switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> PIECES[random.nextInt(PIECES.length)];
            default -> text.substring(random.nextInt(at + 1), at);
          };
      text.replace(at, end, piece);
    }
    return text.toString();
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      text.append(
          random.nextBoolean()
              ? PIECES[random.nextInt(PIECES.length)]
              : Character.toString(random.nextInt(0x250)));
    }
    return text.toString();
  }

  /** The tree without the places in its text. */
  private static Object shape(Node node) {
    if (node instanceof Node.Call call) {
      List<Object> parts = new ArrayList<>(List.of(call.name()));
      call.arguments().forEach(argument -> parts.add(shape(argument)));
      return parts;
    }
    if (node instanceof Node.Literal literal) {
      return Arrays.asList(literal.type(), literal.value());
    }
    if (node instanceof Node.Conversion conversion) {
      return List.of(shape(conversion.of()), conversion.type(), conversion.lenient());
    }
    if (node instanceof Node.Member member) {
      return List.of(shape(member.of()), member.name());
    }
    return ((Node.Column) node).path();
  }
}
