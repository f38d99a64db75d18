package io.tidemark.source.offset;

import java.util.Map;
import java.util.Set;

/**
 * The offset that Connect stores for a shard: its position, and the known positions of the table's
 * other shards. A shard that never gets a row therefore advances too.
 *
 * <pre>
 * generation, tableId, version, row                       always
 * snapshot = true, file, modifiedMs                       in a snapshot
 * snapshot = false, change                                in the tail
 * commit                                                  text of {@link CommitMark}
 * shards                                                  text of {@link ShardPositions}
 * </pre>
 *
 * @param position of the shard
 * @param known the known positions of all shards of the table
 */
public record SourceOffset(Position position, ShardPositions known) {

  static final String GENERATION = "generation";
  static final String TABLE_ID = "tableId";
  static final String VERSION = "version";
  static final String SNAPSHOT = "snapshot";
  static final String FILE = "file";
  static final String MODIFIED_MS = "modifiedMs";
  static final String CHANGE = "change";
  static final String ROW = "row";
  static final String COMMIT = "commit";
  static final String SHARDS = "shards";

  static final Set<String> KEYS =
      Set.of(
          GENERATION, TABLE_ID, VERSION, SNAPSHOT, FILE, MODIFIED_MS, CHANGE, ROW, COMMIT, SHARDS);

  /**
   * The source offset of a record.
   *
   * @param known text of the known positions of all shards
   */
  public static Map<String, ?> map(Position position, String known) {
    return new OffsetMap(position, known);
  }

  /** The connector always writes this field, even if it is empty; an operator may leave it out. */
  private static CommitMark mark(OffsetFields fields, long version)
      throws MalformedOffsetException {
    if (fields.map().get(COMMIT) == null && fields.map().get(SHARDS) != null) {
      throw new MalformedOffsetException(COMMIT + " is missing");
    }
    CommitMark mark =
        CommitMark.parse(fields.text(COMMIT))
            .orElseThrow(() -> new MalformedOffsetException(COMMIT + " is malformed"));
    if (!mark.isNone() && mark.version() != version && mark.version() != version - 1) {
      throw new MalformedOffsetException(
          COMMIT
              + " is of version "
              + mark.version()
              + ", which is not "
              + version
              + " or the previous one; leave it out to take the table as it is");
    }
    return mark;
  }

  /**
   * Reads a source offset. Only the version is required, so that an operator can write a short
   * offset.
   *
   * @throws MalformedOffsetException saying what is wrong
   */
  public static SourceOffset of(Map<String, ?> map, int shards) throws MalformedOffsetException {
    for (String key : map.keySet()) {
      if (!KEYS.contains(key)) {
        throw new MalformedOffsetException("it has an unknown entry " + key);
      }
    }
    OffsetFields fields = new OffsetFields(map);
    boolean snapshot = fields.flag(SNAPSHOT);
    long version = fields.number(VERSION);
    long generation = fields.number(GENERATION, 0);
    String tableId = fields.text(TABLE_ID);
    long row = fields.number(ROW, 0);
    Position position;
    if (snapshot) {
      fields.none(CHANGE, "belongs to the tail, not to a snapshot");
      String file = fields.text(FILE);
      long modifiedMs =
          file.isEmpty()
              ? fields.number(MODIFIED_MS, Position.BEFORE_FILES)
              : fields.number(MODIFIED_MS);
      position = Position.snapshot(generation, tableId, version).inFile(modifiedMs, file, row);
    } else {
      fields.none(FILE, "belongs to a snapshot; snapshot is not true");
      fields.none(MODIFIED_MS, "belongs to a snapshot; snapshot is not true");
      long change = fields.number(CHANGE, 0);
      if (change > Integer.MAX_VALUE) {
        throw new MalformedOffsetException(CHANGE + " is too large");
      }
      position = Position.tail(generation, tableId, version).inChange((int) change, row);
    }
    return new SourceOffset(
        position.marked(mark(fields, version)),
        ShardPositions.parse(fields.text(SHARDS), shards)
            .orElseThrow(() -> new MalformedOffsetException(SHARDS + " is malformed")));
  }
}
