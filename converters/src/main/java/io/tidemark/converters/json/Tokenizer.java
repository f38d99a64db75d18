package io.tidemark.converters.json;

import java.util.Arrays;

/**
 * Checks one text and makes its {@link Tape} in the same pass: RFC 8259, strictly. A byte order
 * mark before the text is skipped, as the RFC allows. Nesting takes no stack: the innermost open
 * container is a number, and the tape keeps that of the one around it until it is closed.
 */
public final class Tokenizer {

  private static final int NONE = -1;

  private final byte[] text;
  private final StringScan strings;
  private final NumberScan numbers;
  private final DuplicateNames names;
  private int[] tape;
  private int size;
  private int open = NONE;
  private int depth;

  private Tokenizer(byte[] text, int[] scratch, boolean exact) {
    this.text = text;
    this.tape = scratch;
    this.strings = new StringScan(text);
    this.numbers = new NumberScan(text, exact);
    this.names = new DuplicateNames(text);
  }

  /**
   * The tape of a text.
   *
   * @param exact whether decimals keep all their digits; otherwise one that no double can hold is
   *     refused
   * @throws JsonSyntaxException when it is not JSON, or beyond a limit
   */
  public static int[] tape(byte[] text, TapeScratch scratch, boolean exact) {
    if (text.length > Limits.TEXT_BYTES) {
      throw new JsonSyntaxException(
          Limits.TEXT_BYTES, "the text has more than " + Limits.TEXT_BYTES + " bytes", true);
    }
    Tokenizer tokenizer = new Tokenizer(text, scratch.take(), exact);
    try {
      tokenizer.run();
      return Arrays.copyOf(tokenizer.tape, tokenizer.size * Tape.WIDTH);
    } finally {
      scratch.giveBack(tokenizer.tape);
    }
  }

  private void run() {
    boolean marked =
        text.length >= 3
            && text[0] == (byte) 0xef
            && text[1] == (byte) 0xbb
            && text[2] == (byte) 0xbf;
    int at = marked ? 3 : 0;
    do {
      at = afterClosing(value(white(at)));
    } while (open != NONE);
    if (at < text.length) {
      throw new JsonSyntaxException(at, "the text continues after its value", false);
    }
  }

  /**
   * Reads a value that begins at {@code at}; of a container its opening bracket and, unless it is
   * empty, all up to its first value that is none.
   */
  private int value(int begin) {
    int at = begin;
    while (true) {
      switch (byteAt(at)) {
        case '{' -> {
          int first = white(opened(Tape.OBJECT, at));
          if (byteAt(first) == '}') {
            return closed(first, 0);
          }
          at = name(first);
        }
        case '[' -> {
          at = white(opened(Tape.ARRAY, at));
          if (byteAt(at) == ']') {
            return closed(at, 0);
          }
        }
        case '"' -> {
          int end = strings.end(at + 1);
          add(Tape.STRING | (strings.isEscaped() ? Tape.ESCAPED : 0), at + 1, end, 0);
          return end + 1;
        }
        case 't' -> {
          return literal(Tape.TRUE, at, "true");
        }
        case 'f' -> {
          return literal(Tape.FALSE, at, "false");
        }
        case 'n' -> {
          return literal(Tape.NULL, at, "null");
        }
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
          int end = numbers.end(at);
          add(numbers.isDecimal() ? Tape.DECIMAL : Tape.INTEGER, at, end, 0);
          return end;
        }
        default -> throw new JsonSyntaxException(at, "a value is expected", false);
      }
    }
  }

  /** Closes all containers that end after a value; the position of the next value, or the end. */
  private int afterClosing(int begin) {
    int at = white(begin);
    while (open != NONE) {
      byte next = byteAt(at);
      int what = open * Tape.WIDTH;
      int members = Tape.members(tape, open) + 1;
      boolean object = Tape.kind(tape, open) == Tape.OBJECT;
      if (next == ',') {
        tape[what] = Tape.container(object ? Tape.OBJECT : Tape.ARRAY, members);
        return object ? name(white(at + 1)) : white(at + 1);
      }
      if (next != (object ? '}' : ']')) {
        throw new JsonSyntaxException(
            at, object ? "a comma or } is expected" : "a comma or ] is expected", false);
      }
      at = white(closed(at, members));
    }
    return at;
  }

  private int opened(int kind, int at) {
    depth++;
    if (depth > Limits.DEPTH) {
      throw new JsonSyntaxException(
          at, "more than " + Limits.DEPTH + " arrays and objects are inside each other", true);
    }
    int container = size;
    add(kind, at, 0, open);
    open = container;
    return at + 1;
  }

  private int closed(int at, int members) {
    int container = open;
    int what = container * Tape.WIDTH;
    int kind = Tape.kind(tape, container);
    open = tape[what + Tape.NEXT];
    depth--;
    tape[what] = Tape.container(kind, members);
    tape[what + Tape.END] = at + 1;
    tape[what + Tape.NEXT] = size;
    if (kind == Tape.OBJECT && members > DuplicateNames.SMALL) {
      names.checkLarge(tape, container + 1, members);
    }
    return at + 1;
  }

  /** Reads a name and its colon; the position of the value. */
  private int name(int at) {
    if (byteAt(at) != '"') {
      throw new JsonSyntaxException(at, "a name in quotes is expected", false);
    }
    int end = strings.end(at + 1);
    if (end - at - 1 > Limits.NAME_BYTES) {
      throw new JsonSyntaxException(
          at, "a name has more than " + Limits.NAME_BYTES + " bytes", true);
    }
    boolean escaped = strings.isEscaped();
    int hash = names.hash(at + 1, end, escaped);
    add(Tape.STRING | (escaped ? Tape.ESCAPED : 0), at + 1, end, hash);
    checkSmall(hash);
    int colon = white(end + 1);
    if (byteAt(colon) != ':') {
      throw new JsonSyntaxException(colon, "a colon is expected", false);
    }
    return white(colon + 1);
  }

  /** The end of an open object has a bit for the hash of each name that it has so far. */
  private void checkSmall(int hash) {
    if (Tape.members(tape, open) >= DuplicateNames.SMALL) {
      return;
    }
    int bits = open * Tape.WIDTH + Tape.END;
    int bit = 1 << (hash ^ (hash >>> 5));
    if ((tape[bits] & bit) != 0) {
      names.checkSmall(tape, open + 1, size - 1);
    }
    tape[bits] |= bit;
  }

  private int literal(int kind, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (byteAt(at + i) != word.charAt(i)) {
        throw new JsonSyntaxException(at, "a value is expected", false);
      }
    }
    add(kind, at, at + word.length(), 0);
    return at + word.length();
  }

  private void add(int what, int start, int end, int next) {
    int to = size * Tape.WIDTH;
    if (to + Tape.WIDTH > tape.length) {
      tape = Arrays.copyOf(tape, tape.length * 2);
    }
    tape[to] = what;
    tape[to + Tape.START] = start;
    tape[to + Tape.END] = end;
    tape[to + Tape.NEXT] = next;
    size++;
  }

  private int white(int begin) {
    int at = begin;
    while (at < text.length) {
      byte next = text[at];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return at;
      }
      at++;
    }
    return at;
  }

  private byte byteAt(int at) {
    if (at >= text.length) {
      throw new JsonSyntaxException(text.length, "the text ends too early", false);
    }
    return text[at];
  }
}
