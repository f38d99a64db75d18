package io.tidemark.expressions.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Functions of patterns, in time that is linear in the text. */
final class PatternFunctions {

  private static final Type S = Type.STRING;

  private PatternFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    library.typed(
        "regexp_like(s, regex)",
        "whether a part of the text matches; also `s RLIKE regex`",
        2,
        2,
        PatternFunctions::find);
    library.alias("rlike", "regexp_like");
    library.alias("regexp", "regexp_like");
    library.typed(
        "regexp_extract(s, regex[, group])",
        "a group of the first match, the first group without a number; empty if nothing matches",
        2,
        3,
        PatternFunctions::extract);
    library.typed(
        "regexp_replace(s, regex, replacement)",
        "every match replaced; `$1` in the replacement is a group",
        3,
        3,
        PatternFunctions::replace);
    library.typed(
        "split(s, regex[, limit])",
        "the parts between the matches, an array",
        2,
        3,
        PatternFunctions::split);
    return library.functions();
  }

  static void addLike(Map<String, Definition> operators) {
    operators.put("like", new Definition("like", "like", "", 2, 3, true, PatternFunctions::like));
  }

  private static Resolved find(Arguments arguments) {
    arguments.takeAll(0, S);
    Function<Object, Pattern> patterns = Patterns.of(arguments, 1);
    return new Resolved(
        Type.BOOLEAN,
        Kernel.binary((s, regex) -> patterns.apply(regex).matcher((String) s).find()));
  }

  private static Resolved like(Arguments arguments) {
    arguments.takeAll(0, S);
    char escape = arguments.size() > 2 ? ((String) arguments.constant(2)).charAt(0) : '\\';
    if (arguments.constant(1) instanceof String like) {
      Pattern pattern = Patterns.like(like, escape);
      return new Resolved(Type.BOOLEAN, a -> pattern.matcher((String) a[0]).matches());
    }
    return new Resolved(
        Type.BOOLEAN, a -> Patterns.like((String) a[1], escape).matcher((String) a[0]).matches());
  }

  private static Resolved extract(Arguments arguments) {
    arguments.take(0, S);
    arguments.take(1, S);
    if (arguments.size() > 2) {
      arguments.take(2, Type.INT);
    }
    Function<Object, Pattern> patterns = Patterns.of(arguments, 1);
    return new Resolved(
        S,
        a -> {
          Matcher matcher = patterns.apply(a[1]).matcher((String) a[0]);
          int group = a.length > 2 ? (Integer) a[2] : 1;
          if (!matcher.find()) {
            return "";
          }
          if (group < 0 || group > matcher.groupCount()) {
            throw new Failure("the regular expression has no group of this number");
          }
          String found = matcher.group(group);
          return found == null ? "" : found;
        });
  }

  private static Resolved replace(Arguments arguments) {
    arguments.takeAll(0, S);
    Function<Object, Pattern> patterns = Patterns.of(arguments, 1);
    return new Resolved(
        S, a -> replaced(patterns.apply(a[1]).matcher((String) a[0]), (String) a[2]));
  }

  private static String replaced(Matcher matcher, String replacement) {
    StringBuilder text = new StringBuilder();
    try {
      while (matcher.find()) {
        matcher.appendReplacement(text, replacement);
        Texts.bounded(text.length());
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new Failure("the replacement names a group that the regular expression does not have");
    }
    matcher.appendTail(text);
    return Texts.bounded(text.toString());
  }

  private static Resolved split(Arguments arguments) {
    arguments.take(0, S);
    arguments.take(1, S);
    if (arguments.size() > 2) {
      arguments.take(2, Type.INT);
    }
    Function<Object, Pattern> patterns = Patterns.of(arguments, 1);
    return new Resolved(
        Type.array(S),
        a -> {
          int limit = a.length > 2 ? (Integer) a[2] : -1;
          return parts((String) a[0], (String) a[1], patterns.apply(a[1]), limit);
        });
  }

  /** As java.util.regex divides; an empty pattern gives the single characters. */
  private static List<String> parts(String text, String regex, Pattern pattern, int limit) {
    List<String> parts = new ArrayList<>();
    if (regex.isEmpty()) {
      int most = limit > 0 ? limit : Integer.MAX_VALUE;
      text.codePoints().limit(most).forEach(point -> parts.add(Character.toString(point)));
      return text.isEmpty() ? List.of("") : parts;
    }
    Matcher matcher = pattern.matcher(text);
    int from = 0;
    while ((limit <= 0 || parts.size() < limit - 1) && matcher.find()) {
      if (matcher.end() == 0) {
        continue;
      }
      parts.add(text.substring(from, matcher.start()));
      from = matcher.end();
    }
    parts.add(text.substring(from));
    return parts;
  }
}
