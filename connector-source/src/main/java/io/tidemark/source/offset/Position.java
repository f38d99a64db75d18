package io.tidemark.source.offset;

import java.util.Comparator;

/**
 * The position at which a shard continues: everything before it has been sent, and nothing after
 * it. A shard first reads its files of one snapshot, unless it starts with a version, and then its
 * changes version by version.
 *
 * @param generation counts how often lost history was given up; a position of a later generation is
 *     further, regardless of its version
 * @param tableId Delta's {@code metaData.id}; empty when not known yet
 * @param version of the snapshot, or of the commit that is read next
 * @param snapshot whether it is in the files of a snapshot
 * @param modifiedMs of the file, in a snapshot; {@link #BEFORE_FILES} before the first one
 * @param file in a snapshot; empty before the first one
 * @param change number of the change within the commit, outside a snapshot
 * @param row the first row of the file or change that has not been sent; {@link #DONE} after all
 * @param mark the newest commit that was read for it: that of the snapshot, of the version once it
 *     has begun, or of the previous one
 */
public record Position(
    long generation,
    String tableId,
    long version,
    boolean snapshot,
    long modifiedMs,
    String file,
    int change,
    long row,
    CommitMark mark)
    implements Comparable<Position> {

  /** Row after the last one of a file. */
  public static final long DONE = Long.MAX_VALUE;

  /** Before the time of any file, even one with a wrong time. */
  public static final long BEFORE_FILES = Long.MIN_VALUE;

  private static final Comparator<Position> WITHIN_HISTORY =
      Comparator.comparingLong(Position::version)
          .thenComparing(Position::snapshot)
          .thenComparingLong(Position::modifiedMs)
          .thenComparing(Position::file)
          .thenComparingInt(Position::change)
          .thenComparingLong(Position::row);

  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::generation).thenComparing(WITHIN_HISTORY);

  /** In front of the first file of a snapshot. */
  public static Position snapshot(long generation, String tableId, long version) {
    return new Position(
        generation, tableId, version, true, BEFORE_FILES, "", 0, 0, CommitMark.NONE);
  }

  /** In front of the first change of a version. */
  public static Position tail(long generation, String tableId, long version) {
    return new Position(generation, tableId, version, false, 0, "", 0, 0, CommitMark.NONE);
  }

  /** In a file of the same snapshot. */
  public Position inFile(long modified, String path, long nextRow) {
    return new Position(generation, tableId, version, true, modified, path, 0, nextRow, mark);
  }

  /** In a change of the same version. */
  public Position inChange(int number, long nextRow) {
    return new Position(generation, tableId, version, false, 0, "", number, nextRow, mark);
  }

  /** In the same file or change. */
  public Position atRow(long nextRow) {
    return new Position(
        generation, tableId, version, snapshot, modifiedMs, file, change, nextRow, mark);
  }

  /** In front of the version that follows. */
  public Position nextVersion() {
    return tail(generation, tableId, version + 1).marked(mark);
  }

  /** The same in another history. */
  public Position inGeneration(long other) {
    return new Position(other, tableId, version, snapshot, modifiedMs, file, change, row, mark);
  }

  /** The same in another version with an unknown commit. */
  public Position ofVersion(long other) {
    return new Position(
        generation, tableId, other, snapshot, modifiedMs, file, change, row, CommitMark.NONE);
  }

  /** The same in a table of this id. */
  public Position ofTable(String id) {
    return new Position(generation, id, version, snapshot, modifiedMs, file, change, row, mark);
  }

  /** The same after this commit. */
  public Position marked(CommitMark commit) {
    return new Position(
        generation, tableId, version, snapshot, modifiedMs, file, change, row, commit);
  }

  /** The newest version that must exist for this position to make sense; -1 when none need. */
  public long newestNeeded() {
    return snapshot || change > 0 || row > 0 ? version : version - 1;
  }

  /** Whether both are in the same snapshot, or in the same version of the tail. */
  public boolean sameSection(Position other) {
    return version == other.version && snapshot == other.snapshot;
  }

  /** Whether both are in the same file or change. */
  public boolean sameFile(Position other) {
    return sameSection(other)
        && modifiedMs == other.modifiedMs
        && file.equals(other.file)
        && change == other.change;
  }

  /** Like {@link #compareTo}, for positions of one history. */
  public boolean isBefore(Position other) {
    return WITHIN_HISTORY.compare(this, other) < 0;
  }

  /** Compares how far they are; neither the id of the table nor the commit counts. */
  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
