package io.tidemark.converters.json;

import java.util.Arrays;

/**
 * Finds two equal names in one object. Small objects compare a new name with the earlier ones, and
 * most names not even that: a bit of their hash is new. Large ones are sorted once they are
 * complete, by hash and then by their bytes, so that no choice of names makes it slow.
 */
final class DuplicateNames {

  /** Members up to which each new name is compared. */
  static final int SMALL = 32;

  private final byte[] text;

  DuplicateNames(byte[] text) {
    this.text = text;
  }

  /** The hash of a name, equal for names that differ only in their escapes. */
  int hash(int start, int end, boolean escaped) {
    if (escaped) {
      byte[] name = Strings.utf8(text, start, end, true);
      return hash(name, 0, name.length);
    }
    return hash(text, start, end);
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash;
  }

  /** Fails when one of the tokens from {@code first} to {@code name} is the same name. */
  void checkSmall(int[] tape, int first, int name) {
    int hash = Tape.nameHash(tape, name);
    int other = first;
    while (other < name) {
      if (Tape.nameHash(tape, other) == hash && compare(tape, other, name) == 0) {
        throw twice(tape, name);
      }
      other = Tape.after(tape, other + 1);
    }
  }

  /** Fails when two names of an object with this many members are the same. */
  void checkLarge(int[] tape, int first, int members) {
    long[] names = new long[members];
    int name = first;
    for (int i = 0; i < members; i++) {
      names[i] = ((long) Tape.nameHash(tape, name) << 32) | name;
      name = Tape.after(tape, name + 1);
    }
    Arrays.sort(names);
    int begin = 0;
    for (int i = 1; i <= members; i++) {
      if (i == members || (names[i] >> 32) != (names[begin] >> 32)) {
        checkRun(tape, names, begin, i);
        begin = i;
      }
    }
  }

  private void checkRun(int[] tape, long[] names, int begin, int end) {
    if (end - begin == 1) {
      return;
    }
    Integer[] sorted = new Integer[end - begin];
    for (int i = begin; i < end; i++) {
      sorted[i - begin] = (int) names[i];
    }
    Arrays.sort(sorted, (one, other) -> compare(tape, one, other));
    for (int i = 1; i < sorted.length; i++) {
      if (compare(tape, sorted[i - 1], sorted[i]) == 0) {
        throw twice(tape, Math.max(sorted[i - 1], sorted[i]));
      }
    }
  }

  private int compare(int[] tape, int one, int other) {
    if (Tape.isEscaped(tape, one) || Tape.isEscaped(tape, other)) {
      return Arrays.compare(decoded(tape, one), decoded(tape, other));
    }
    return Arrays.compare(
        text,
        Tape.start(tape, one),
        Tape.end(tape, one),
        text,
        Tape.start(tape, other),
        Tape.end(tape, other));
  }

  private byte[] decoded(int[] tape, int name) {
    return Strings.utf8(
        text, Tape.start(tape, name), Tape.end(tape, name), Tape.isEscaped(tape, name));
  }

  private static JsonSyntaxException twice(int[] tape, int name) {
    return new JsonSyntaxException(
        Tape.start(tape, name), "an object has the same name twice", false);
  }
}
