package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Failure;

/** Texts by code points, as Spark counts them, and the bound of their size. */
final class Texts {

  /** The longest text that a function gives: a record must not fill the heap. */
  static final int MAX_LENGTH = 1 << 20;

  private Texts() {}

  /** A length that is about to be made. */
  static int bounded(long length) {
    if (length > MAX_LENGTH) {
      throw new Failure("the result would have more than " + MAX_LENGTH + " characters");
    }
    return (int) length;
  }

  static String bounded(String text) {
    bounded(text.length());
    return text;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** From one code point to another, both cut to the text. */
  static String part(String text, int from, int to) {
    int length = length(text);
    int start = Math.max(0, Math.min(from, length));
    int end = Math.max(start, Math.min(to, length));
    int first = text.offsetByCodePoints(0, start);
    return text.substring(first, text.offsetByCodePoints(first, end - start));
  }

  /** Spark's substring: counts from 1, from the end if negative; 0 is 1. */
  static String substring(String text, int position, int count) {
    int length = length(text);
    if (position > length) {
      return "";
    }
    long start = position > 0 ? position - 1L : position < 0 ? (long) length + position : 0;
    long end = start + count;
    return start >= end
        ? ""
        : part(text, (int) Math.max(start, 0), (int) Math.max(0, Math.min(end, length)));
  }

  /** Fills a text up to a number of code points, or cuts it. */
  static String pad(String text, int wanted, String filling, boolean left) {
    int length = length(text);
    if (wanted <= length || filling.isEmpty()) {
      return part(text, 0, Math.max(wanted, 0));
    }
    bounded(wanted);
    int missing = wanted - length;
    int size = length(filling);
    String added = filling.repeat(missing / size) + part(filling, 0, missing % size);
    return bounded(left ? added + text : text + added);
  }

  /** Without the characters at one end or both. */
  static String trim(String text, String characters, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && has(characters, text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && has(characters, text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static boolean has(String characters, int point) {
    return characters.indexOf(point) >= 0;
  }

  /** Counts from 1; 0 if there is none. */
  static int find(String text, String part) {
    int index = text.indexOf(part);
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }
}
