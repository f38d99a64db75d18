package io.tidemark.expressions.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.TypeMismatch;

/** Regular expressions, which are compiled once where they are constants. */
final class Patterns {

  private static final int LONGEST = 1_000;

  private Patterns() {}

  /** Finds the pattern of an argument: compiled now for a literal, else at each record. */
  static java.util.function.Function<Object, Pattern> of(Arguments arguments, int index) {
    if (arguments.constant(index) instanceof String text) {
      try {
        Pattern pattern = compile(text);
        return value -> pattern;
      } catch (Failure e) {
        throw new TypeMismatch(
            "This regular expression cannot be used; lookaround, backreferences, possessive"
                + " quantifiers and nested character classes are not offered");
      }
    }
    return new Latest();
  }

  /** LIKE as a regular expression. */
  static Pattern like(String like, char escape) {
    StringBuilder regex = new StringBuilder("(?s)");
    for (int i = 0; i < like.length(); ) {
      int point = like.codePointAt(i);
      i += Character.charCount(point);
      if (point == escape) {
        if (i >= like.length()) {
          throw new Failure("a LIKE pattern ends with its escape character");
        }
        int next = like.codePointAt(i);
        if (next != '%' && next != '_' && next != escape) {
          throw new Failure("a LIKE pattern escapes a character other than %, _ and the escape");
        }
        i += Character.charCount(next);
        regex.append(Pattern.quote(Character.toString(next)));
      } else if (point == '%') {
        regex.append(".*");
      } else if (point == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(Character.toString(point)));
      }
    }
    return compiled(regex.toString());
  }

  private static Pattern compile(String text) {
    if (text.length() > LONGEST) {
      throw new Failure("a regular expression has more than " + LONGEST + " characters");
    }
    if (meansSomethingElse(text)) {
      throw new Failure("a regular expression has a character class inside another one");
    }
    return compiled(text);
  }

  /** Constructs of java.util.regex to which RE2 would give another meaning without a word. */
  private static boolean meansSomethingElse(String text) {
    boolean inClass = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass && (c == '[' || text.startsWith("&&", i))) {
        return true;
      } else if (c == '[') {
        inClass = true;
        boolean negated = text.startsWith("^", i + 1);
        i += negated ? 1 : 0;
        if (text.startsWith("]", i + 1)) {
          return true;
        }
      } else if (c == ']') {
        inClass = false;
      }
    }
    return false;
  }

  private static Pattern compiled(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new Failure(
          "a regular expression is malformed, or has a construct that is not offered");
    }
  }

  /** Keeps the latest pattern: records mostly have the same one. */
  private static final class Latest implements java.util.function.Function<Object, Pattern> {

    private String text;
    private Pattern pattern;

    @Override
    public Pattern apply(Object value) {
      if (!value.equals(text)) {
        pattern = compile((String) value);
        text = (String) value;
      }
      return pattern;
    }
  }
}
