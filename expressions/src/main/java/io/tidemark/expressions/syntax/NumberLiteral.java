package io.tidemark.expressions.syntax;

import io.tidemark.expressions.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number as SQL writes it. */
final class NumberLiteral {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<number>(?<whole>\\d+)?(?<fraction>\\.\\d*)?(?<exponent>[eE][+-]?\\d+)?)"
              + "(?<suffix>[A-Za-z_]*)");
  private static final int LONGEST_EXPONENT = 5;

  private NumberLiteral() {}

  /**
   * The number, or null when it is none of its type.
   *
   * @param text the token, without a sign
   */
  static Node.Literal of(String text, boolean negative, int position) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String number = (negative ? "-" : "") + form.group("number");
    boolean whole = form.group("fraction") == null && form.group("exponent") == null;
    String exponent = form.group("exponent");
    if (exponent != null && exponent.length() > LONGEST_EXPONENT) {
      return null;
    }
    String suffix = form.group("suffix").toUpperCase(Locale.ROOT);
    return switch (suffix) {
      case "" -> plain(number, whole, exponent != null, position);
      case "L" -> whole ? integral(number, Type.LONG, 64, position) : null;
      case "S" -> whole ? integral(number, Type.SHORT, 16, position) : null;
      case "Y" -> whole ? integral(number, Type.BYTE, 8, position) : null;
      case "D" -> floating(number, position);
      case "F" -> {
        Float value = Float.valueOf(number);
        yield value.isInfinite() ? null : new Node.Literal(value, Type.FLOAT, position);
      }
      case "BD" -> exponent == null ? decimal(new BigDecimal(number), position) : null;
      default -> null;
    };
  }

  /** How SQL writes a number of a type, without parentheses. */
  static String print(Object value, Type type) {
    return switch (type.kind()) {
      case BYTE -> value + "Y";
      case SHORT -> value + "S";
      case LONG -> value + "L";
      case FLOAT -> value + "F";
      case DOUBLE -> value + "D";
      case DECIMAL -> ((BigDecimal) value).toPlainString() + "BD";
      default -> value.toString();
    };
  }

  private static Node.Literal plain(String number, boolean whole, boolean exponent, int position) {
    if (!whole) {
      return exponent ? floating(number, position) : decimal(new BigDecimal(number), position);
    }
    int bits = new BigInteger(number).bitLength();
    if (bits < 32) {
      return new Node.Literal(Integer.valueOf(number), Type.INT, position);
    }
    return bits < 64
        ? new Node.Literal(Long.valueOf(number), Type.LONG, position)
        : decimal(new BigDecimal(number), position);
  }

  private static Node.Literal integral(String number, Type type, int bits, int position) {
    BigInteger value = new BigInteger(number);
    if (value.bitLength() >= bits) {
      return null;
    }
    return switch (bits) {
      case 8 -> new Node.Literal(value.byteValue(), type, position);
      case 16 -> new Node.Literal(value.shortValue(), type, position);
      default -> new Node.Literal(value.longValue(), type, position);
    };
  }

  private static Node.Literal floating(String number, int position) {
    Double value = Double.valueOf(number);
    return value.isInfinite() ? null : new Node.Literal(value, Type.DOUBLE, position);
  }

  private static Node.Literal decimal(BigDecimal value, int position) {
    int precision = Math.max(value.precision(), value.scale());
    return precision > Type.MAX_PRECISION
        ? null
        : new Node.Literal(value, Type.decimal(precision, value.scale()), position);
  }
}
