package io.tidemark.source.offset;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * A source offset as Connect takes it, created on first access. Each record holds one until its
 * transaction ends, but Connect reads only the last one of a shard.
 */
final class OffsetMap extends AbstractMap<String, Object> {

  private final Position position;
  private final String known;

  OffsetMap(Position position, String known) {
    this.position = position;
    this.known = known;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    Map<String, Object> entries =
        position.snapshot()
            ? Map.of(
                SourceOffset.GENERATION,
                position.generation(),
                SourceOffset.TABLE_ID,
                position.tableId(),
                SourceOffset.VERSION,
                position.version(),
                SourceOffset.SNAPSHOT,
                true,
                SourceOffset.FILE,
                position.file(),
                SourceOffset.MODIFIED_MS,
                position.modifiedMs(),
                SourceOffset.ROW,
                position.row(),
                SourceOffset.COMMIT,
                position.mark().toString(),
                SourceOffset.SHARDS,
                known)
            : Map.of(
                SourceOffset.GENERATION,
                position.generation(),
                SourceOffset.TABLE_ID,
                position.tableId(),
                SourceOffset.VERSION,
                position.version(),
                SourceOffset.SNAPSHOT,
                false,
                SourceOffset.CHANGE,
                position.change(),
                SourceOffset.ROW,
                position.row(),
                SourceOffset.COMMIT,
                position.mark().toString(),
                SourceOffset.SHARDS,
                known);
    return entries.entrySet();
  }
}
