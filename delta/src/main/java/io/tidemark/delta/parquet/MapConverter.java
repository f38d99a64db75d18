package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** A group of repeated entries into a map, in the order of the file. */
final class MapConverter extends GroupConverter {

  private final Cell cell;
  private final Entry entry = new Entry();
  private Map<Object, Object> current;

  private MapConverter(Cell cell) {
    this.cell = cell;
  }

  static Node node(
      ColumnType.Map map,
      Schema schema,
      GroupType file,
      String path,
      FileCalendar calendar,
      Cell cell) {
    if (file.getFieldCount() != 1
        || file.getType(0).isPrimitive()
        || !file.getType(0).isRepetition(Type.Repetition.REPEATED)
        || file.getType(0).asGroupType().getFieldCount() != 2) {
      throw new ColumnMismatchException(path, map, file);
    }
    MapConverter converter = new MapConverter(cell);
    GroupType entries = file.getType(0).asGroupType();
    Entry entry = converter.entry;
    Node key =
        Node.of(
            map.key(),
            schema.keySchema(),
            entries.getType(0),
            FieldPath.key(path),
            calendar,
            decoded -> entry.key = decoded);
    Node value =
        Node.of(
            map.value(),
            schema.valueSchema(),
            entries.getType(1),
            FieldPath.value(path),
            calendar,
            decoded -> entry.value = decoded);
    entry.parts = new Converter[] {key.converter(), value.converter()};
    entry.map = converter;
    return new Node(file.withNewFields(entries.withNewFields(key.type(), value.type())), converter);
  }

  @Override
  public Converter getConverter(int index) {
    return entry;
  }

  @Override
  public void start() {
    current = new LinkedHashMap<>();
  }

  @Override
  public void end() {
    cell.accept(current);
  }

  /** One key with its value. */
  private static final class Entry extends GroupConverter {
    private MapConverter map;
    private Converter[] parts;
    private Object key;
    private Object value;

    @Override
    public Converter getConverter(int index) {
      return parts[index];
    }

    @Override
    public void start() {
      key = null;
      value = null;
    }

    @Override
    public void end() {
      map.current.put(key, value);
    }
  }
}
