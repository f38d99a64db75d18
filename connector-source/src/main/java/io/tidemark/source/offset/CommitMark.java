package io.tidemark.source.offset;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commit that a position comes after or is in the middle of. The version number alone does not
 * show that a table was restored to an earlier version and written to again; the content of the
 * commit does.
 *
 * @param version its number; -1 in {@link #NONE}
 * @param text hexadecimal digits that no other commit of this number has
 */
public record CommitMark(long version, String text) {

  /** Nothing is known of the commit. */
  public static final CommitMark NONE = new CommitMark(-1, "");

  private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17})-([0-9a-f]{1,64})");

  /** The mark of a version; {@link #NONE} when the log does not have its commit. */
  public static CommitMark of(long version, Optional<String> text) {
    return text.map(found -> new CommitMark(version, found)).orElse(NONE);
  }

  /** Whether nothing is known of the commit. */
  public boolean isNone() {
    return version < 0;
  }

  /** Reads what {@link #toString} gives. */
  static Optional<CommitMark> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(NONE);
    }
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new CommitMark(Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }

  /** {@code 119-5e0c1d2f3a4b5c6d}, or nothing for none. */
  @Override
  public String toString() {
    return isNone() ? "" : version + "-" + text;
  }
}
