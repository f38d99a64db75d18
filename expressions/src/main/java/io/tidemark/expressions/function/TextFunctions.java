package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Functions of texts. */
final class TextFunctions {

  private static final Type S = Type.STRING;
  private static final Type I = Type.INT;

  private TextFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    letters(library);
    parts(library);
    joins(library);
    searches(library);
    return library.functions();
  }

  private static void letters(Library library) {
    library.fixed(
        "lower(s)",
        "lower case",
        1,
        List.of(S),
        S,
        Kernel.unary(s -> Texts.bounded(((String) s).toLowerCase(Locale.ROOT))));
    library.alias("lcase", "lower");
    library.fixed(
        "upper(s)",
        "upper case",
        1,
        List.of(S),
        S,
        Kernel.unary(s -> Texts.bounded(((String) s).toUpperCase(Locale.ROOT))));
    library.alias("ucase", "upper");
    trim(library, "trim", "blanks at both ends", true, true);
    trim(library, "ltrim", "blanks at the left end", true, false);
    trim(library, "rtrim", "blanks at the right end", false, true);
    library.fixed(
        "reverse(s)",
        "the characters in reverse order",
        1,
        List.of(S),
        S,
        Kernel.unary(s -> new StringBuilder((String) s).reverse().toString()));
    library.typed(
        "length(s)",
        "characters of a text, bytes of a binary",
        1,
        1,
        arguments -> {
          if (arguments.type(0).is(Kind.BINARY)) {
            return new Resolved(I, Kernel.unary(s -> ((byte[]) s).length));
          }
          arguments.take(0, S);
          return new Resolved(I, Kernel.unary(s -> Texts.length((String) s)));
        });
    library.alias("char_length", "length");
    library.alias("character_length", "length");
    library.alias("len", "length");
    library.fixed(
        "octet_length(s)",
        "bytes of a text in UTF-8",
        1,
        List.of(S),
        I,
        Kernel.unary(s -> ((String) s).getBytes(StandardCharsets.UTF_8).length));
  }

  /** SQL's own order of arguments puts the characters first only in trim(FROM). */
  private static void trim(Library library, String name, String what, boolean left, boolean right) {
    library.fixed(
        name + "(s)",
        "without " + what,
        1,
        List.of(S),
        S,
        Kernel.unary(s -> Texts.trim((String) s, " ", left, right)));
  }

  private static void parts(Library library) {
    library.fixed(
        "substring(s, position[, length])",
        "part of a text; counts from 1, from the end if negative",
        2,
        List.of(S, I, I),
        S,
        a ->
            Texts.substring(
                (String) a[0], (Integer) a[1], a.length > 2 ? (Integer) a[2] : Integer.MAX_VALUE));
    library.alias("substr", "substring");
    library.fixed(
        "left(s, length)",
        "the first characters",
        2,
        List.of(S, I),
        S,
        Kernel.binary((s, n) -> Texts.part((String) s, 0, Math.max(0, (Integer) n))));
    library.fixed(
        "right(s, length)",
        "the last characters",
        2,
        List.of(S, I),
        S,
        Kernel.binary(
            (s, n) ->
                (Integer) n <= 0
                    ? ""
                    : Texts.part(
                        (String) s,
                        Math.max(0, Texts.length((String) s) - (Integer) n),
                        Integer.MAX_VALUE)));
    pad(library, "lpad", "left", true);
    pad(library, "rpad", "right", false);
  }

  private static void pad(Library library, String name, String side, boolean left) {
    library.fixed(
        name + "(s, length[, filling])",
        "filled on the " + side + " with blanks or the filling, or cut to the length",
        2,
        List.of(S, I, S),
        S,
        a -> Texts.pad((String) a[0], (Integer) a[1], a.length > 2 ? (String) a[2] : " ", left));
  }

  private static void joins(Library library) {
    // Spark evaluates all arguments, also after a null.
    library.lenient(
        "concat(x, ...)",
        "all texts in a row; null if one is; also `a || b`",
        0,
        Definition.ANY,
        arguments -> {
          arguments.takeAll(0, S);
          return new Resolved(S, a -> Arrays.asList(a).contains(null) ? null : join("", a, 0));
        });
    library.lenient(
        "concat_ws(separator, x, ...)",
        "all texts that are not null, with the separator between them",
        1,
        Definition.ANY,
        arguments -> {
          for (int i = 0; i < arguments.size(); i++) {
            arguments.take(i, S);
          }
          return new Resolved(S, a -> a[0] == null ? null : join((String) a[0], a, 1));
        });
    library.fixed(
        "replace(s, search[, replacement])",
        "every occurrence replaced; an empty search replaces nothing",
        2,
        List.of(S, S, S),
        S,
        a -> replace((String) a[0], (String) a[1], a.length > 2 ? (String) a[2] : ""));
  }

  private static String join(String separator, Object[] parts, int from) {
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    for (int i = from; i < parts.length; i++) {
      if (parts[i] != null) {
        String part = (String) parts[i];
        Texts.bounded((long) joined.length() + separator.length() + part.length());
        joined.append(first ? "" : separator).append(part);
        first = false;
      }
    }
    return joined.toString();
  }

  private static String replace(String text, String search, String replacement) {
    if (search.isEmpty()) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(search); at >= 0; at = text.indexOf(search, from)) {
      replaced.append(text, from, at).append(replacement);
      Texts.bounded(replaced.length());
      from = at + search.length();
    }
    return Texts.bounded(replaced.append(text, from, text.length()).toString());
  }

  private static void searches(Library library) {
    library.fixed(
        "instr(s, part)",
        "where the part is, from 1; 0 if nowhere",
        2,
        List.of(S, S),
        I,
        Kernel.binary((s, part) -> Texts.find((String) s, (String) part)));
    library.fixed(
        "startswith(s, part)",
        "whether the text starts with the part",
        2,
        List.of(S, S),
        Type.BOOLEAN,
        Kernel.binary((s, part) -> ((String) s).startsWith((String) part)));
    library.fixed(
        "endswith(s, part)",
        "whether the text ends with the part",
        2,
        List.of(S, S),
        Type.BOOLEAN,
        Kernel.binary((s, part) -> ((String) s).endsWith((String) part)));
    library.fixed(
        "contains(s, part)",
        "whether the part is in the text",
        2,
        List.of(S, S),
        Type.BOOLEAN,
        Kernel.binary((s, part) -> ((String) s).contains((String) part)));
  }
}
