package io.tidemark.source.offset;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A position as text without commas, semicolons and equal signs:
 *
 * <pre>
 * generation/tableId/version/change/row/commit               in the tail
 * generation/tableId/version/s/row/modifiedMs/file/commit    in a snapshot
 * </pre>
 */
public final class PositionText {

  private static final String SNAPSHOT = "s";

  private PositionText() {}

  /** The text. */
  public static String of(Position position) {
    String text =
        position.generation() + "/" + encode(position.tableId()) + "/" + position.version() + "/";
    return position.snapshot()
        ? text
            + SNAPSHOT
            + "/"
            + position.row()
            + "/"
            + position.modifiedMs()
            + "/"
            + encode(position.file())
            + "/"
            + position.mark()
        : text + position.change() + "/" + position.row() + "/" + position.mark();
  }

  /** The position; empty when the text is not a position. */
  public static Optional<Position> parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      CommitMark mark =
          CommitMark.parse(parts[parts.length - 1]).orElseThrow(IllegalArgumentException::new);
      if (parts.length == 6) {
        return Optional.of(
            Position.tail(number(parts[0]), decode(parts[1]), number(parts[2]))
                .inChange(Math.toIntExact(number(parts[3])), number(parts[4]))
                .marked(mark));
      }
      if (parts.length == 8 && parts[3].equals(SNAPSHOT)) {
        return Optional.of(
            Position.snapshot(number(parts[0]), decode(parts[1]), number(parts[2]))
                .inFile(Long.parseLong(parts[5]), decode(parts[6]), number(parts[4]))
                .marked(mark));
      }
      return Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      return Optional.empty();
    }
  }

  private static long number(String text) {
    long number = Long.parseLong(text);
    if (number < 0) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
