package io.tidemark.expressions.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Numbers and truth values as text, in the forms that Spark's CAST takes. */
final class NumberText {

  private static final Set<String> TRUE = Set.of("t", "true", "y", "yes", "1");
  private static final Set<String> FALSE = Set.of("f", "false", "n", "no", "0");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?");
  private static final int LONGEST = 400;

  private NumberText() {}

  static Boolean truth(String text) {
    String word = TimeText.trim(text).toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return true;
    }
    if (FALSE.contains(word)) {
      return false;
    }
    throw new Failure("a text is not a boolean");
  }

  static Object number(String text, Type to) {
    String trimmed = TimeText.trim(text);
    if (trimmed.length() > LONGEST) {
      throw none(to);
    }
    return switch (to.kind()) {
      case DECIMAL -> {
        if (!DECIMAL.matcher(trimmed).matches()) {
          throw none(to);
        }
        yield Numbers.fit(new BigDecimal(trimmed), to);
      }
      case DOUBLE -> floating(trimmed, to);
      case FLOAT -> floatOf(trimmed, to);
      default -> {
        if (!WHOLE.matcher(trimmed).matches()) {
          throw none(to);
        }
        yield Numbers.ofDecimal(new BigDecimal(new BigInteger(trimmed)), to);
      }
    };
  }

  private static Object floatOf(String text, Type to) {
    try {
      return Float.valueOf(text);
    } catch (NumberFormatException e) {
      return (float) special(text, to);
    }
  }

  private static Object floating(String text, Type to) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return special(text, to);
    }
  }

  private static double special(String text, Type to) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> throw none(to);
    };
  }

  private static Failure none(Type to) {
    return new Failure("a text is not a number of type " + to);
  }
}
