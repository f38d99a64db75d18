package io.tidemark.source.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The known position of each shard of a table. Its text names ranges of shards with the same
 * position: {@code 0-7=<position>;8-15=<position>}.
 */
public final class ShardPositions {

  private final Position[] positions;

  private ShardPositions(Position[] positions) {
    this.positions = positions;
  }

  /** Nothing is known of any shard. */
  public static ShardPositions none(int shards) {
    return new ShardPositions(new Position[shards]);
  }

  /** All shards at the same position. */
  public static ShardPositions all(int shards, Position position) {
    Position[] positions = new Position[shards];
    Arrays.fill(positions, position);
    return new ShardPositions(positions);
  }

  /** A copy of positions by number of shard; null where nothing is known. */
  public static ShardPositions copyOf(Position[] positions) {
    return new ShardPositions(positions.clone());
  }

  /** The positions by number of shard; null where nothing is known. */
  public Position[] toArray() {
    return positions.clone();
  }

  /** How many shards the table has. */
  public int shards() {
    return positions.length;
  }

  /** The position of a shard; empty when it is not known. */
  public Optional<Position> of(int shard) {
    return Optional.ofNullable(positions[shard]);
  }

  /** The same, with a shard at another position. */
  public ShardPositions with(int shard, Position position) {
    Position[] changed = positions.clone();
    changed[shard] = position;
    return new ShardPositions(changed);
  }

  /** For each shard the further of both positions. */
  public ShardPositions furthest(ShardPositions other) {
    Position[] merged = positions.clone();
    for (int shard = 0; shard < merged.length; shard++) {
      Position theirs = other.positions[shard];
      if (theirs != null && (merged[shard] == null || isMore(theirs, merged[shard]))) {
        merged[shard] = theirs;
      }
    }
    return new ShardPositions(merged);
  }

  private static boolean isMore(Position theirs, Position ours) {
    int further = theirs.compareTo(ours);
    return further > 0 || (further == 0 && ours.mark().isNone());
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < positions.length) {
      int to = from;
      while (to + 1 < positions.length
          && positions[from] != null
          && positions[from].equals(positions[to + 1])) {
        to++;
      }
      if (positions[from] != null) {
        text.append(text.isEmpty() ? "" : ";")
            .append(from == to ? "" + from : from + "-" + to)
            .append('=')
            .append(PositionText.of(positions[from]));
      }
      from = to + 1;
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} gives.
   *
   * @return empty when it is malformed, or names a shard that the table does not have
   */
  public static Optional<ShardPositions> parse(String text, int shards) {
    Position[] positions = new Position[shards];
    for (String entry : text.isEmpty() ? List.<String>of() : List.of(text.split(";", -1))) {
      int equals = entry.indexOf('=');
      Optional<Position> position =
          equals < 0 ? Optional.empty() : PositionText.parse(entry.substring(equals + 1));
      List<Integer> range = equals < 0 ? List.of() : range(entry.substring(0, equals));
      if (position.isEmpty() || range.isEmpty() || range.get(1) >= shards) {
        return Optional.empty();
      }
      Arrays.fill(positions, range.get(0), range.get(1) + 1, position.get());
    }
    return Optional.of(new ShardPositions(positions));
  }

  private static List<Integer> range(String text) {
    List<Integer> range = new ArrayList<>();
    for (String number : text.split("-", -1)) {
      if (!number.matches("[0-9]{1,5}")) {
        return List.of();
      }
      range.add(Integer.valueOf(number));
    }
    if (range.size() == 1) {
      range.add(range.get(0));
    }
    return range.size() == 2 && range.get(0) <= range.get(1) ? range : List.of();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardPositions that && Arrays.equals(positions, that.positions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return text();
  }
}
