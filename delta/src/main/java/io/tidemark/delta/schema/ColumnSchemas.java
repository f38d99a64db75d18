package io.tidemark.delta.schema;

import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The Connect schema of the rows of a table: what {@link ConnectTypes} turns back into the same
 * columns, all of them nullable, and timestamp_ntz into timestamp. A column that may be null is an
 * optional field.
 *
 * <table>
 *   <caption>Column type to Connect schema</caption>
 *   <tr><th>column</th><th>Connect</th></tr>
 *   <tr><td>boolean, string, binary</td><td>BOOLEAN, STRING, BYTES</td></tr>
 *   <tr><td>byte, short, integer, long</td><td>INT8, INT16, INT32, INT64</td></tr>
 *   <tr><td>float, double</td><td>FLOAT32, FLOAT64</td></tr>
 *   <tr><td>decimal(p,s)</td><td>Decimal of scale s, with parameter {@code
 *       connect.decimal.precision} = p</td></tr>
 *   <tr><td>date</td><td>Date</td></tr>
 *   <tr><td>timestamp</td><td>by {@link TemporalMode}</td></tr>
 *   <tr><td>timestamp_ntz</td><td>as timestamp, its wall clock taken for UTC's, with parameter
 *       {@code delta.type} = {@code timestamp_ntz}</td></tr>
 *   <tr><td>struct, array, map</td><td>STRUCT, ARRAY, MAP; keys of a map are required and of any
 *       type</td></tr>
 * </table>
 *
 * <p>Structs are named after the table and their path in it, such as {@code orders.items.element},
 * as converters with named records need: only letters, digits, underscores and dots, and each name
 * once.
 */
public final class ColumnSchemas {

  static final String TYPE = "delta.type";
  static final String MICRO_TIMESTAMP = "io.debezium.time.MicroTimestamp";

  private final TemporalMode mode;
  private final Set<String> names = new HashSet<>();

  private ColumnSchemas(TemporalMode mode) {
    this.mode = mode;
  }

  /**
   * The schema of whole rows, a required struct.
   *
   * @param name of the table; what names may not have becomes an underscore
   */
  public static Schema row(ColumnType.Struct columns, String name, TemporalMode mode) {
    return new ColumnSchemas(mode).struct(columns, part(name)).build();
  }

  private SchemaBuilder struct(ColumnType.Struct struct, String path) {
    SchemaBuilder builder = SchemaBuilder.struct().name(unique(path));
    for (Column column : struct.columns()) {
      builder.field(
          column.name(), schema(column.type(), column.nullable(), child(path, column.name())));
    }
    return builder;
  }

  private Schema schema(ColumnType type, boolean nullable, String path) {
    SchemaBuilder builder = builder(type, path);
    return (nullable ? builder.optional() : builder).build();
  }

  private SchemaBuilder builder(ColumnType type, String path) {
    if (type instanceof ColumnType.Struct struct) {
      return struct(struct, path);
    }
    if (type instanceof ColumnType.Array array) {
      return SchemaBuilder.array(
          schema(array.element(), array.containsNull(), FieldPath.element(path)));
    }
    if (type instanceof ColumnType.Map map) {
      return SchemaBuilder.map(
          schema(map.key(), false, FieldPath.key(path)),
          schema(map.value(), map.valueContainsNull(), FieldPath.value(path)));
    }
    if (type instanceof ColumnType.Decimal decimal) {
      return Decimal.builder(decimal.scale())
          .parameter(ConnectTypes.PRECISION, Integer.toString(decimal.precision()));
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> SchemaBuilder.bool();
      case BYTE -> SchemaBuilder.int8();
      case SHORT -> SchemaBuilder.int16();
      case INTEGER -> SchemaBuilder.int32();
      case LONG -> SchemaBuilder.int64();
      case FLOAT -> SchemaBuilder.float32();
      case DOUBLE -> SchemaBuilder.float64();
      case STRING -> SchemaBuilder.string();
      case BINARY -> SchemaBuilder.bytes();
      case DATE -> Date.builder();
      case TIMESTAMP -> timestamp();
      case TIMESTAMP_NTZ -> timestamp().parameter(TYPE, Primitive.TIMESTAMP_NTZ.toString());
    };
  }

  private SchemaBuilder timestamp() {
    return mode == TemporalMode.CONNECT
        ? Timestamp.builder()
        : SchemaBuilder.int64().name(MICRO_TIMESTAMP).version(1);
  }

  private String unique(String path) {
    String name = path;
    for (int i = 2; !names.add(name); i++) {
      name = path + "_" + i;
    }
    return name;
  }

  private static String child(String path, String name) {
    return FieldPath.child(path, part(name));
  }

  private static String part(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
    return safe.isEmpty() || Character.isDigit(safe.charAt(0)) ? "_" + safe : safe;
  }
}
