package io.tidemark.converters.json;

/**
 * The layout of a tape: four ints for each token of a text, in the order of the text.
 *
 * <pre>
 * | what                        | start | end | next                                  |
 * | kind, flags, members &lt;&lt; 5   | byte  | byte| container: index of the token after it |
 * |                             |       |     | string: hash of its bytes, for names   |
 * </pre>
 *
 * <p>Members of an object are a name and a value in turn. Start and end of a string are those of
 * its text without the quotes; those of a container include its brackets.
 */
public final class Tape {

  public static final int OBJECT = 0;
  public static final int ARRAY = 1;
  public static final int STRING = 2;
  public static final int INTEGER = 3;
  public static final int DECIMAL = 4;
  public static final int TRUE = 5;
  public static final int FALSE = 6;
  public static final int NULL = 7;

  /** Ints of a token. */
  static final int WIDTH = 4;

  private static final int KIND = 7;
  static final int ESCAPED = 1 << 3;
  private static final int MEMBERS_SHIFT = 5;

  static final int START = 1;
  static final int END = 2;
  static final int NEXT = 3;

  private Tape() {}

  /** How many tokens the tape has. */
  public static int size(int[] tape) {
    return tape.length / WIDTH;
  }

  public static int kind(int[] tape, int token) {
    return tape[token * WIDTH] & KIND;
  }

  /** Elements of an array; members of an object, each of a name and a value. */
  public static int members(int[] tape, int token) {
    return tape[token * WIDTH] >>> MEMBERS_SHIFT;
  }

  public static boolean isEscaped(int[] tape, int token) {
    return (tape[token * WIDTH] & ESCAPED) != 0;
  }

  public static int start(int[] tape, int token) {
    return tape[token * WIDTH + START];
  }

  public static int end(int[] tape, int token) {
    return tape[token * WIDTH + END];
  }

  /** The token after this one and all that is inside it. */
  public static int after(int[] tape, int token) {
    int what = tape[token * WIDTH] & KIND;
    return what <= ARRAY ? tape[token * WIDTH + NEXT] : token + 1;
  }

  /** The hash of a name: equal names have the same, whatever is escaped in them. */
  public static int nameHash(int[] tape, int token) {
    return tape[token * WIDTH + NEXT];
  }

  static int container(int kind, int members) {
    return kind | (members << MEMBERS_SHIFT);
  }
}
