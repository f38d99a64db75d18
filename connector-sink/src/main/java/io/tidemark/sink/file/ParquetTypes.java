package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigInteger;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The Parquet schema of a data file, as Spark and Delta Kernel write it: physical names, field ids
 * where columns have them, lists of three levels, timestamps as INT64 microseconds, decimals in the
 * smallest of INT32, INT64 and fixed bytes.
 */
final class ParquetTypes {

  static final String MESSAGE = "tidemark";
  static final String LIST = "list";
  static final String ELEMENT = "element";
  static final String KEY_VALUE = "key_value";
  static final String KEY = "key";
  static final String VALUE = "value";

  /** Largest decimal precisions of an INT32 and an INT64. */
  static final int INT_DIGITS = 9;

  static final int LONG_DIGITS = 18;

  private ParquetTypes() {}

  static MessageType message(List<Column> columns) {
    return new MessageType(MESSAGE, columns.stream().map(ParquetTypes::field).toList());
  }

  /** The number of bytes for every signed unscaled value of this many digits. */
  static int fixedBytes(int precision) {
    return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / Byte.SIZE + 1;
  }

  private static Type field(Column column) {
    Type type = type(column.physicalName(), column.type(), column.nullable());
    return column.fieldId().isPresent() ? type.withId(column.fieldId().getAsInt()) : type;
  }

  private static Type type(String name, ColumnType type, boolean nullable) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    if (type instanceof ColumnType.Struct struct) {
      return Types.buildGroup(repetition)
          .addFields(struct.columns().stream().map(ParquetTypes::field).toArray(Type[]::new))
          .named(name);
    }
    if (type instanceof ColumnType.Array array) {
      return Types.buildGroup(repetition)
          .as(LogicalTypeAnnotation.listType())
          .addField(
              Types.repeatedGroup()
                  .addField(type(ELEMENT, array.element(), array.containsNull()))
                  .named(LIST))
          .named(name);
    }
    if (type instanceof ColumnType.Map map) {
      return Types.buildGroup(repetition)
          .as(LogicalTypeAnnotation.mapType())
          .addField(
              Types.repeatedGroup()
                  .addField(type(KEY, map.key(), false))
                  .addField(type(VALUE, map.value(), map.valueContainsNull()))
                  .named(KEY_VALUE))
          .named(name);
    }
    if (type instanceof Decimal decimal) {
      return decimal(name, decimal, repetition);
    }
    return primitive(name, (Primitive) type.stored(), repetition);
  }

  private static PrimitiveType decimal(String name, Decimal type, Repetition repetition) {
    LogicalTypeAnnotation annotation =
        LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    if (type.precision() <= INT_DIGITS) {
      return Types.primitive(PrimitiveTypeName.INT32, repetition).as(annotation).named(name);
    }
    if (type.precision() <= LONG_DIGITS) {
      return Types.primitive(PrimitiveTypeName.INT64, repetition).as(annotation).named(name);
    }
    return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
        .length(fixedBytes(type.precision()))
        .as(annotation)
        .named(name);
  }

  private static PrimitiveType primitive(String name, Primitive type, Repetition repetition) {
    PrimitiveTypeName physical =
        switch (type) {
          case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
          case BYTE, SHORT, INTEGER, DATE -> PrimitiveTypeName.INT32;
          case LONG, TIMESTAMP, TIMESTAMP_NTZ -> PrimitiveTypeName.INT64;
          case FLOAT -> PrimitiveTypeName.FLOAT;
          case DOUBLE -> PrimitiveTypeName.DOUBLE;
          case STRING, BINARY -> PrimitiveTypeName.BINARY;
        };
    LogicalTypeAnnotation annotation =
        switch (type) {
          case BYTE -> LogicalTypeAnnotation.intType(Byte.SIZE, true);
          case SHORT -> LogicalTypeAnnotation.intType(Short.SIZE, true);
          case DATE -> LogicalTypeAnnotation.dateType();
          case STRING -> LogicalTypeAnnotation.stringType();
          case TIMESTAMP -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
          case TIMESTAMP_NTZ -> LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS);
          default -> null;
        };
    return Types.primitive(physical, repetition).as(annotation).named(name);
  }
}
