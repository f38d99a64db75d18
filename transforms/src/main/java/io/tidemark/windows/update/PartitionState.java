package io.tidemark.windows.update;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.close.FieldTypes;
import io.tidemark.windows.close.ShownTypes;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.state.StateChanges;
import io.tidemark.windows.state.StateStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one partition: its groups and its progress.
 *
 * <pre>
 *   0 0   progress
 *   0 1   definition of the aggregation
 *   0 2   types that fields have shown
 *   1 ‖ start of the window, 8 bytes, sign bit flipped ‖ group
 *         last offset of the group, varint ‖ number of records, varint ‖ accumulators
 * </pre>
 */
final class PartitionState implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionState.class);

  private static final byte[] PROGRESS = {0, 0};
  private static final byte[] DEFINITION = {0, 1};
  private static final byte[] TYPES = {0, 2};
  private static final byte[] FIRST_GROUP = {1};

  private final Path directory;
  private final StateStore store;
  private final SortedMap<String, String> definition;
  private final ShownTypes types;
  private Progress progress;
  private Retention retention = new Retention(0);

  private PartitionState(
      Path directory,
      StateStore store,
      SortedMap<String, String> definition,
      ShownTypes types,
      Progress progress) {
    this.directory = directory;
    this.store = store;
    this.definition = definition;
    this.types = types;
    this.progress = progress;
  }

  /** Reads the state of a store; writes the definition into a new one. */
  static PartitionState open(
      Path directory,
      StateStore store,
      Aggregation aggregation,
      SortedMap<String, String> definition) {
    byte[] known = store.get(DEFINITION);
    ShownTypes types = new ShownTypes(aggregation);
    if (known == null) {
      Progress start = Progress.START;
      store.write(
          new StateChanges().put(DEFINITION, write(definition)).put(PROGRESS, start.bytes()));
      LOG.info("Began a new state in {}", directory);
      return new PartitionState(directory, store, definition, types, start);
    }
    try {
      Progress progress = Progress.of(store.get(PROGRESS));
      byte[] shown = store.get(TYPES);
      if (shown != null) {
        SortedMap<String, ColumnType> columns = new TreeMap<>();
        read(shown).forEach((path, text) -> columns.put(path, FieldTypes.parse(text)));
        types.reset(columns);
      }
      LOG.info(
          "Opened the state in {}, which has the records up to {}", directory, progress.next());
      return new PartitionState(directory, store, read(known), types, progress);
    } catch (RuntimeException e) {
      throw UpdateErrors.unreadable(directory, e);
    }
  }

  /** Rejects another definition. */
  void require(SortedMap<String, String> wanted) {
    if (!definition.equals(wanted)) {
      throw UpdateErrors.otherDefinition(directory, definition, wanted);
    }
  }

  /** How long ended windows are kept. */
  void keepFor(long retentionMs) {
    retention = new Retention(retentionMs);
  }

  Path directory() {
    return directory;
  }

  Progress progress() {
    return progress;
  }

  ShownTypes types() {
    return types;
  }

  Retention retention() {
    return retention;
  }

  /** The key of a group; its first byte distinguishes it from other keys. */
  static byte[] key(long startMicros, ByteWriter group) {
    ByteWriter key = new ByteWriter(9 + group.length());
    key.writeByte(1);
    WindowFold.writeTime(startMicros, key);
    key.writeRaw(group.array(), 0, group.length());
    return key.copy();
  }

  /** The entry of a group, or null. */
  byte[] get(byte[] key) {
    return store.get(key);
  }

  /** Removes the windows that start before this time. */
  static void removeBefore(long startMicros, StateChanges changes) {
    ByteWriter to = new ByteWriter(9);
    to.writeByte(1);
    WindowFold.writeTime(startMicros, to);
    changes.remove(FIRST_GROUP, to.copy());
  }

  /** Writes the changes together with the progress, and with the types if there are new types. */
  void write(StateChanges changes, Progress after) {
    if (types.isFresh()) {
      changes.put(TYPES, write(types.freshTexts()));
    }
    store.write(changes.put(PROGRESS, after.bytes()));
    types.keep();
    progress = after;
  }

  @Override
  public void close() {
    store.close();
  }

  private static byte[] write(Map<String, String> texts) {
    ByteWriter out = new ByteWriter(128);
    out.writeVarint(texts.size());
    texts.forEach(
        (name, text) -> {
          out.writeText(name);
          out.writeText(text);
        });
    return out.copy();
  }

  private static SortedMap<String, String> read(byte[] bytes) {
    ByteReader in = new ByteReader().reset(bytes);
    SortedMap<String, String> texts = new TreeMap<>();
    for (long left = in.readVarint(); left > 0; left--) {
      String name = in.readText();
      texts.put(name, in.readText());
    }
    return texts;
  }
}
