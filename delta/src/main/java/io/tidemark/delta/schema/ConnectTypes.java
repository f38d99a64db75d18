package io.tidemark.delta.schema;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * The columns that a Connect schema wants. Every column is nullable, required fields too: a later
 * schema may drop a field, and then its column is null.
 *
 * <table>
 *   <caption>Connect schema to column type</caption>
 *   <tr><th>Connect</th><th>column</th></tr>
 *   <tr><td>BOOLEAN, STRING, BYTES</td><td>boolean, string, binary</td></tr>
 *   <tr><td>INT8, INT16, INT32, INT64</td><td>byte, short, integer, long</td></tr>
 *   <tr><td>FLOAT32, FLOAT64</td><td>float, double</td></tr>
 *   <tr><td>STRUCT, ARRAY, MAP</td><td>struct, array, map; a struct without fields, also inside an
 *       array or map, gives no column</td></tr>
 *   <tr><td>Decimal</td><td>decimal(precision, scale); precision is the schema parameter {@code
 *       connect.decimal.precision}, else 38; a negative scale becomes 0</td></tr>
 *   <tr><td>Date; Debezium Date</td><td>date</td></tr>
 *   <tr><td>Timestamp; Debezium Timestamp, MicroTimestamp, NanoTimestamp, ZonedTimestamp</td>
 *       <td>timestamp; what is finer than a microsecond is cut</td></tr>
 *   <tr><td>Time; Debezium Time, MicroTime, NanoTime, ZonedTime</td><td>long: microseconds of the
 *       day, of the UTC day for ZonedTime</td></tr>
 *   <tr><td>Debezium VariableScaleDecimal</td><td>decimal(38,18); a string column takes it too</td>
 *       </tr>
 *   <tr><td>Debezium Year</td><td>integer</td></tr>
 *   <tr><td>Debezium Uuid, Json, Enum, EnumSet, Xml</td><td>string</td></tr>
 *   <tr><td>any other name</td><td>as its base type</td></tr>
 * </table>
 */
public final class ConnectTypes {

  /** Schema parameter that JDBC and Debezium sources use for the precision of a Decimal. */
  static final String PRECISION = "connect.decimal.precision";

  private static final ColumnType VARIABLE_DECIMAL = new ColumnType.Decimal(38, 18);

  private ConnectTypes() {}

  /**
   * The columns for the fields of a STRUCT schema, in its order.
   *
   * @throws TidemarkException when a field has no column type or two names differ only in case
   */
  public static ColumnType.Struct struct(Schema schema) {
    return struct(schema, FieldPath.ROOT, 0);
  }

  /** The column type of a schema; empty when it is, or contains only, a struct without fields. */
  public static Optional<ColumnType> type(Schema schema) {
    return type(schema, FieldPath.ROOT, 0);
  }

  private static ColumnType.Struct struct(Schema schema, String path, int depth) {
    List<Column> columns = new ArrayList<>(schema.fields().size());
    for (Field field : schema.fields()) {
      type(field.schema(), FieldPath.child(path, field.name()), depth + 1)
          .ifPresent(type -> columns.add(new Column(field.name(), type, true)));
    }
    return Names.distinct(new ColumnType.Struct(columns), path);
  }

  private static Optional<ColumnType> type(Schema schema, String path, int depth) {
    return switch (LogicalType.of(schema)) {
      case PLAIN -> plain(schema, path, depth);
      case DECIMAL -> Optional.of(decimal(schema, path));
      case DATE, EPOCH_DAYS -> Optional.of(Primitive.DATE);
      case TIMESTAMP, EPOCH_MILLIS, EPOCH_MICROS, EPOCH_NANOS, ZONED_TIMESTAMP ->
          Optional.of(Primitive.TIMESTAMP);
      case TIME, DAY_MILLIS, DAY_MICROS, DAY_NANOS, ZONED_TIME -> Optional.of(Primitive.LONG);
      case VARIABLE_DECIMAL -> Optional.of(VARIABLE_DECIMAL);
    };
  }

  private static Optional<ColumnType> plain(Schema schema, String path, int depth) {
    if (depth > ColumnType.MAX_DEPTH) {
      throw SchemaErrors.tooDeep(path);
    }
    return switch (schema.type()) {
      case BOOLEAN -> Optional.of(Primitive.BOOLEAN);
      case INT8 -> Optional.of(Primitive.BYTE);
      case INT16 -> Optional.of(Primitive.SHORT);
      case INT32 -> Optional.of(Primitive.INTEGER);
      case INT64 -> Optional.of(Primitive.LONG);
      case FLOAT32 -> Optional.of(Primitive.FLOAT);
      case FLOAT64 -> Optional.of(Primitive.DOUBLE);
      case STRING -> Optional.of(Primitive.STRING);
      case BYTES -> Optional.of(Primitive.BINARY);
      case STRUCT ->
          Optional.<ColumnType>of(struct(schema, path, depth))
              .filter(type -> !((ColumnType.Struct) type).columns().isEmpty());
      case ARRAY ->
          type(schema.valueSchema(), FieldPath.element(path), depth + 1)
              .map(element -> new ColumnType.Array(element, true));
      case MAP ->
          type(schema.keySchema(), FieldPath.key(path), depth + 1)
              .flatMap(
                  key ->
                      type(schema.valueSchema(), FieldPath.value(path), depth + 1)
                          .map(value -> new ColumnType.Map(key, value, true)));
    };
  }

  private static ColumnType decimal(Schema schema, String path) {
    Map<String, String> parameters = schema.parameters() == null ? Map.of() : schema.parameters();
    int scale = number(parameters.get(Decimal.SCALE_FIELD), 0);
    int precision = number(parameters.get(PRECISION), ColumnType.Decimal.MAX_PRECISION);
    if (scale > ColumnType.Decimal.MAX_PRECISION) {
      throw SchemaErrors.decimalScale(path, scale);
    }
    if (scale < 0) {
      precision = precision - scale;
    }
    boolean usable = precision >= Math.max(1, scale);
    return new ColumnType.Decimal(
        usable
            ? Math.min(precision, ColumnType.Decimal.MAX_PRECISION)
            : ColumnType.Decimal.MAX_PRECISION,
        Math.max(scale, 0));
  }

  private static int number(String text, int absent) {
    try {
      return text == null ? absent : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      return absent;
    }
  }
}
