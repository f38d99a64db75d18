package io.tidemark.windows.field;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.ConnectTypes;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.delta.schema.LogicalType;
import io.tidemark.delta.schema.SchemaInference;
import io.tidemark.delta.value.ValueConverter;
import io.tidemark.delta.value.ValueConverters;
import io.tidemark.delta.value.ValueException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Reads one field of the record's value, with schema or without, in the classes that aggregate
 * functions take. Caches the last schema. Used by one thread.
 */
public final class FieldReader implements InputReader {

  private static final Set<LogicalType> TIMES_OF_DAY =
      EnumSet.of(
          LogicalType.TIME,
          LogicalType.DAY_MILLIS,
          LogicalType.DAY_MICROS,
          LogicalType.DAY_NANOS,
          LogicalType.ZONED_TIME);

  private final FieldRef field;
  private final String path;

  /**
   * A top-level field with this literal name takes precedence; null when there can be no such
   * field.
   */
  private final String literal;

  private boolean seen;
  private boolean had;
  private Schema schema;
  private Field[] steps = {};
  private ValueConverter converter;
  private ColumnType schemaType;
  private boolean schemaTimeOfDay;
  private ColumnType type;
  private boolean timeOfDay;

  public FieldReader(FieldRef field) {
    this.field = field;
    this.path = field.toString();
    this.literal = field.literal().orElse(null);
  }

  /** The path of the field in messages and logs. */
  @Override
  public String path() {
    return path;
  }

  /**
   * Type of the field that {@link #read} read last; null when the value was null and gave no type.
   */
  @Override
  public ColumnType type() {
    return type;
  }

  /** Whether any record has had the field, even with a null value. */
  @Override
  public boolean isFound() {
    return seen;
  }

  /**
   * Whether the record that was read last has the field, even with a null value. With a schema it
   * always has.
   */
  @Override
  public boolean had() {
    return had;
  }

  /** Whether the field that {@link #read} read last is a time of day, whose type is long. */
  boolean isTimeOfDay() {
    return timeOfDay;
  }

  /**
   * Reads the field.
   *
   * @return null when the value, or something that contains it, is null or absent from a map
   * @throws TidemarkException naming record and field, when there is no such field or it is not a
   *     scalar
   */
  @Override
  public Object read(ConnectRecord<?> record) {
    Object value = record.value();
    try {
      if (value instanceof Struct struct) {
        return read(struct);
      }
      if (value instanceof Map<?, ?> map) {
        return read(map);
      }
    } catch (ValueException e) {
      throw FieldErrors.unreadable(record, path, e.reason(), e);
    }
    throw FieldErrors.notARecord(record, path);
  }

  private Object read(Struct struct) {
    if (struct.schema() != schema) {
      compile(struct.schema());
    }
    had = true;
    type = schemaType;
    timeOfDay = schemaTimeOfDay;
    Object value = struct;
    for (Field step : steps) {
      value = value((Struct) value, step);
      if (value == null) {
        return null;
      }
    }
    return normal(converter.convert(value));
  }

  /** As in the sink's tables: a default replaces null only where null is not allowed. */
  private static Object value(Struct struct, Field step) {
    return step.schema().isOptional() && step.schema().defaultValue() != null
        ? struct.getWithoutDefault(step.name())
        : struct.get(step);
  }

  private void compile(Schema top) {
    List<String> names =
        literal != null && top.field(literal) != null ? List.of(literal) : field.path();
    Field[] compiled = new Field[names.size()];
    Schema at = top;
    for (int i = 0; i < compiled.length; i++) {
      Field step = at.type() == Schema.Type.STRUCT ? at.field(names.get(i)) : null;
      if (step == null) {
        throw new ValueException(path, "the schema has no such field");
      }
      compiled[i] = step;
      at = step.schema();
    }
    ColumnType found = ConnectTypes.type(at).orElse(null);
    if (!isScalar(found)) {
      throw new ValueException(path, (found == null ? "a struct" : found) + " is no scalar");
    }
    seen = true;
    schema = top;
    steps = compiled;
    schemaType = found;
    schemaTimeOfDay = TIMES_OF_DAY.contains(LogicalType.of(at));
    converter = ValueConverters.of(found, at, path);
  }

  private Object read(Map<?, ?> map) {
    type = null;
    timeOfDay = false;
    Object value = lookUp(map);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      type = Primitive.STRING;
      return whole(text, path);
    }
    if (value instanceof Long) {
      type = Primitive.LONG;
      return value;
    }
    if (value instanceof Double) {
      type = Primitive.DOUBLE;
      return value;
    }
    ColumnType found = inferred(value);
    if (!isScalar(found)) {
      throw new ValueException(path, (found == null ? "an empty value" : found) + " is no scalar");
    }
    type = found;
    return normal(ValueConverters.schemaless(found, path).convert(value));
  }

  private Object lookUp(Map<?, ?> map) {
    had = true;
    if (literal != null && map.containsKey(literal)) {
      seen = true;
      return map.get(literal);
    }
    Object value = map;
    List<String> names = field.path();
    for (int i = 0; i < names.size(); i++) {
      if (!(value instanceof Map<?, ?> level)) {
        throw new ValueException(path, "what it should be in is no map");
      }
      value = level.get(names.get(i));
      if (value == null) {
        had = i == names.size() - 1 && level.containsKey(names.get(i));
        seen |= had;
        return null;
      }
    }
    seen = true;
    return value;
  }

  /**
   * An unpaired surrogate has no bytes in UTF-8: as a question mark it would be a different text.
   */
  static String whole(String text, String path) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new ValueException(path, "it is text with half of a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private ColumnType inferred(Object value) {
    try {
      return SchemaInference.type(value).orElse(null);
    } catch (TidemarkException e) {
      throw new ValueException(path, "it is of a kind that no column holds");
    }
  }

  private static boolean isScalar(ColumnType type) {
    return type instanceof Primitive || type instanceof ColumnType.Decimal;
  }

  private Object normal(Object canonical) {
    if (canonical instanceof String text) {
      return whole(text, path);
    }
    if (canonical instanceof Integer || canonical instanceof Short || canonical instanceof Byte) {
      return ((Number) canonical).longValue();
    }
    if (canonical instanceof Float number) {
      return number.doubleValue();
    }
    if (canonical instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return canonical;
  }
}
