package io.tidemark.delta.value;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.FieldPath;
import io.tidemark.delta.schema.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Compiles converters: all that depends on column type and schema is decided here, once. What is
 * accepted is a value of the column's own kind, and of another kind when nothing is lost: integers
 * and floats that the column holds exactly, decimals of fewer digits, ISO-8601 text and epoch
 * milliseconds for timestamps, ISO-8601 text for dates. Converters serve one thread.
 */
public final class ValueConverters {

  private ValueConverters() {}

  /** The converter of values without schema. */
  public static ValueConverter schemaless(ColumnType type, String path) {
    if (type instanceof ColumnType.Struct struct) {
      return nested(new MapFields(path, struct.columns(), allOf(struct)), struct.columns().size());
    }
    if (type instanceof ColumnType.Array array) {
      return Containers.lists(array, schemaless(array.element(), FieldPath.element(path)), path);
    }
    if (type instanceof ColumnType.Map map) {
      return Containers.maps(
          map,
          schemaless(map.key(), FieldPath.key(path)),
          schemaless(map.value(), FieldPath.value(path)),
          path);
    }
    return Scalars.of(type, path);
  }

  /** The converter of values of one schema. */
  public static ValueConverter of(ColumnType type, Schema schema, String path) {
    LogicalType logical = LogicalType.of(schema);
    if (logical == LogicalType.VARIABLE_DECIMAL) {
      return variableDecimal(type, path);
    }
    if (logical != LogicalType.PLAIN && logical != LogicalType.DECIMAL) {
      return Times.of(logical, type, path);
    }
    return switch (schema.type()) {
      case STRUCT ->
          type instanceof ColumnType.Struct struct
              ? nested(
                  new StructFields(path, struct.columns(), allOf(struct), schema),
                  struct.columns().size())
              : Scalars.refusal(type, path);
      case ARRAY ->
          type instanceof ColumnType.Array array
              ? Containers.lists(
                  array, of(array.element(), schema.valueSchema(), FieldPath.element(path)), path)
              : Scalars.refusal(type, path);
      case MAP ->
          type instanceof ColumnType.Map map
              ? Containers.maps(
                  map,
                  of(map.key(), schema.keySchema(), FieldPath.key(path)),
                  of(map.value(), schema.valueSchema(), FieldPath.value(path)),
                  path)
              : Scalars.refusal(type, path);
      default -> Scalars.of(type, path);
    };
  }

  /**
   * The converter of whole schemaless values.
   *
   * @param columns the columns that the value feeds
   * @param cells for each of them its index in the row
   */
  public static RowConverter schemalessRows(List<Column> columns, int[] cells) {
    return new MapFields(FieldPath.ROOT, columns, cells);
  }

  /** The converter of whole Structs of one schema; see {@link #schemalessRows}. */
  public static RowConverter rows(List<Column> columns, int[] cells, Schema schema) {
    return new StructFields(FieldPath.ROOT, columns, cells, schema);
  }

  private static ValueConverter nested(RowConverter fields, int size) {
    return value -> {
      Object[] cells = new Object[size];
      fields.convert(value, cells);
      return cells;
    };
  }

  private static int[] allOf(ColumnType.Struct struct) {
    return IntStream.range(0, struct.columns().size()).toArray();
  }

  private static ValueConverter variableDecimal(ColumnType type, String path) {
    ValueConverter scalar = Scalars.of(type, path);
    return value -> {
      Struct struct = (Struct) value;
      BigDecimal number = new BigDecimal(unscaled(struct.get("value")), struct.getInt32("scale"));
      return scalar.convert(
          type.stored() == ColumnType.Primitive.STRING ? number.toPlainString() : number);
    };
  }

  private static BigInteger unscaled(Object bytes) {
    if (bytes instanceof byte[] array) {
      return new BigInteger(array);
    }
    ByteBuffer buffer = ((ByteBuffer) bytes).duplicate();
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return new BigInteger(copy);
  }
}
