package io.tidemark.converters;

import io.tidemark.converters.json.JsonSyntaxException;
import io.tidemark.converters.json.Numerals;
import io.tidemark.converters.json.Strings;
import io.tidemark.converters.json.Tape;
import io.tidemark.converters.json.TapeScratch;
import io.tidemark.converters.json.Tokenizer;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A checked JSON text as a sequence of tokens over its own bytes. Token 0 is the whole value; a
 * container is followed by what it holds: elements of an array, and a name and a value in turn of
 * an object. Immutable, as long as nobody writes into {@link #bytes()}. No method but {@link
 * #text}, {@link #decimalValue} and {@link #value} allocates.
 */
public final class JsonTokens {

  private static final Kind[] KINDS = Kind.values();

  private final byte[] bytes;
  private final int[] tape;
  private final boolean exact;
  private final NameTable names;

  private JsonTokens(byte[] bytes, int[] tape, boolean exact, NameTable names) {
    this.bytes = bytes;
    this.tape = tape;
    this.exact = exact;
    this.names = names;
  }

  /**
   * The tokens of a text, whose decimals are doubles.
   *
   * @param bytes the text in UTF-8, which is kept and not copied
   * @throws JsonSyntaxException when it is not JSON, or beyond a limit
   */
  public static JsonTokens of(byte[] bytes) {
    return of(bytes, new TapeScratch(), false, new NameTable());
  }

  /**
   * The same with memory that is used again.
   *
   * @param exact whether {@link #value} keeps all digits of decimals
   * @param names strings of names that were read before
   */
  static JsonTokens of(byte[] bytes, TapeScratch scratch, boolean exact, NameTable names) {
    return new JsonTokens(bytes, Tokenizer.tape(bytes, scratch, exact), exact, names);
  }

  /** How many tokens there are; at least one. */
  public int size() {
    return Tape.size(tape);
  }

  public Kind kind(int token) {
    return KINDS[Tape.kind(tape, token)];
  }

  /** Elements of an array; members of an object, each of a name and a value; otherwise 0. */
  public int members(int token) {
    return Tape.members(tape, token);
  }

  /** The token that follows this one and all that it holds; {@link #size} when there is none. */
  public int after(int token) {
    return Tape.after(tape, token);
  }

  /**
   * Position of the first byte: of a string the one after its quote, of a container its bracket.
   */
  public int start(int token) {
    return Tape.start(tape, token);
  }

  /** Position after the last byte: of a string that of its quote. */
  public int end(int token) {
    return Tape.end(tape, token);
  }

  /** Whether a string has escapes, so that its bytes are not its text. */
  public boolean isEscaped(int token) {
    return Tape.isEscaped(tape, token);
  }

  /** The text itself, in UTF-8; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether a string, such as a name, has this text. */
  public boolean is(int token, byte[] utf8) {
    int start = start(token);
    int end = end(token);
    if (isEscaped(token)) {
      return Arrays.equals(Strings.utf8(bytes, start, end, true), utf8);
    }
    return end - start == utf8.length && Arrays.equals(bytes, start, end, utf8, 0, utf8.length);
  }

  /** Whether a string, such as a name, has this text. */
  public boolean is(int token, String text) {
    if (isEscaped(token)) {
      return text(token).equals(text);
    }
    int at = start(token);
    int end = end(token);
    for (int i = 0; i < text.length(); i++, at++) {
      if (text.charAt(i) >= 0x80) {
        return text(token).equals(text);
      }
      if (at == end || bytes[at] != text.charAt(i)) {
        return false;
      }
    }
    return at == end;
  }

  /**
   * The value of a member of an object.
   *
   * @return its token, or -1 when the object has no such member
   */
  public int member(int object, String name) {
    int token = object + 1;
    for (int left = members(object); left > 0; left--) {
      if (is(token, name)) {
        return token + 1;
      }
      token = after(token + 1);
    }
    return -1;
  }

  /** The text of a string, or a number as it is written. */
  public String text(int token) {
    return Strings.text(bytes, start(token), end(token), isEscaped(token));
  }

  /** Whether the token is an {@link Kind#INTEGER} of at most 64 bits. */
  public boolean fitsLong(int token) {
    return Tape.kind(tape, token) == Tape.INTEGER
        && Numerals.fitsLong(bytes, start(token), end(token));
  }

  /** The number of a token for which {@link #fitsLong} holds; otherwise undefined. */
  public long longValue(int token) {
    return Numerals.longValue(bytes, start(token), end(token));
  }

  /** The double nearest to a number; infinite when it is too large. */
  public double doubleValue(int token) {
    return Numerals.doubleValue(bytes, start(token), end(token));
  }

  /** All digits of a number, at the scale they are written with. */
  public BigDecimal decimalValue(int token) {
    return Numerals.decimalValue(bytes, start(token), end(token));
  }

  /**
   * The value of a token as Connect's converters give it without a schema: Boolean, Long, Double,
   * String, Map, List or null; maps and lists are {@link JsonObject} and {@link JsonArray}.
   *
   * <p>An integer beyond 64 bits is a BigDecimal of scale 0, where Connect gives another number
   * without a word. It is no BigInteger, which no transformation and no schema of Connect knows; of
   * a BigDecimal Connect can at least infer a schema. With exact decimals, so is each decimal that
   * is not the shortest text of a double.
   */
  public Object value(int token) {
    return value(token, null);
  }

  /** The same, of a token inside a container that has to be told of changes. */
  Object value(int token, JsonContainer parent) {
    return switch (Tape.kind(tape, token)) {
      case Tape.OBJECT -> new JsonObject(this, token, parent);
      case Tape.ARRAY -> new JsonArray(this, token, parent);
      case Tape.STRING -> text(token);
      case Tape.INTEGER -> fitsLong(token) ? (Object) longValue(token) : decimalValue(token);
      case Tape.DECIMAL ->
          exact
              ? Numerals.exactValue(bytes, start(token), end(token))
              : (Object) doubleValue(token);
      case Tape.TRUE -> true;
      case Tape.FALSE -> false;
      default -> null;
    };
  }

  /** The text of a name of an object, which is the same string for many records. */
  String name(int token) {
    return names.text(this, token);
  }

  int nameHash(int token) {
    return Tape.nameHash(tape, token);
  }

  /** Whether the token is an array or an object. */
  boolean isContainer(int token) {
    return Tape.kind(tape, token) <= Tape.ARRAY;
  }
}
