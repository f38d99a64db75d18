package io.tidemark.delta.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Converts our schemas to Kernel's and back. A type that we cannot write is an error. */
public final class KernelSchemas {

  static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";
  static final String FIELD_ID = "delta.columnMapping.id";

  private static final Map<Primitive, DataType> PRIMITIVES =
      Map.ofEntries(
          Map.entry(Primitive.BOOLEAN, BooleanType.BOOLEAN),
          Map.entry(Primitive.BYTE, ByteType.BYTE),
          Map.entry(Primitive.SHORT, ShortType.SHORT),
          Map.entry(Primitive.INTEGER, IntegerType.INTEGER),
          Map.entry(Primitive.LONG, LongType.LONG),
          Map.entry(Primitive.FLOAT, FloatType.FLOAT),
          Map.entry(Primitive.DOUBLE, DoubleType.DOUBLE),
          Map.entry(Primitive.STRING, StringType.STRING),
          Map.entry(Primitive.BINARY, BinaryType.BINARY),
          Map.entry(Primitive.DATE, DateType.DATE),
          Map.entry(Primitive.TIMESTAMP, TimestampType.TIMESTAMP),
          Map.entry(Primitive.TIMESTAMP_NTZ, TimestampNTZType.TIMESTAMP_NTZ));
  // Looked up by equality, so that a string with a collation is not taken for a plain one.
  private static final Map<DataType, Primitive> BY_KERNEL_TYPE =
      PRIMITIVES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /** Handles types that this release does not know. */
  public interface OtherTypes {

    /**
     * The type to use instead; or throws.
     *
     * @param path path of the column
     */
    ColumnType of(String path, DataType type);
  }

  private KernelSchemas() {}

  /** Kernel's schema of new columns; names, types and nullability only. */
  static StructType toKernel(ColumnType.Struct struct) {
    List<StructField> fields = new ArrayList<>();
    for (Column column : struct.columns()) {
      fields.add(new StructField(column.name(), toKernel(column.type()), column.nullable()));
    }
    return new StructType(fields);
  }

  static DataType toKernel(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return new DecimalType(decimal.precision(), decimal.scale());
    }
    if (type instanceof ColumnType.Struct struct) {
      return toKernel(struct);
    }
    if (type instanceof ColumnType.Array array) {
      return new ArrayType(toKernel(array.element()), array.containsNull());
    }
    if (type instanceof ColumnType.Map map) {
      return new MapType(toKernel(map.key()), toKernel(map.value()), map.valueContainsNull());
    }
    return PRIMITIVES.get((Primitive) type.stored());
  }

  /**
   * Our schema of a table to write to, with physical names, field ids and the lengths of texts. A
   * column with a type that we do not write is left out of data files.
   *
   * @param location location of the table, for errors
   * @throws TidemarkException when such a column is NOT NULL
   */
  static ColumnType.Struct fromKernel(String location, StructType struct) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : struct.fields()) {
      List<String> others = new ArrayList<>();
      Column column =
          fromKernel(
              (path, type) -> {
                others.add(type.toString());
                return Primitive.STRING;
              },
              "",
              field);
      if (hasEmptyStruct(column.type())) {
        others.add("struct<>");
      }
      if (!others.isEmpty()) {
        if (!column.nullable()) {
          throw TableErrors.unsupportedType(location, column.name(), others.get(0));
        }
        column = column.as(new ColumnType.Opaque(others.get(0)));
      } else if (field.getMetadata().contains(TextLimits.KEY)) {
        column = withLimits(location, column, field.getMetadata().getString(TextLimits.KEY));
      }
      columns.add(column);
    }
    return new ColumnType.Struct(columns);
  }

  private static Column withLimits(String location, Column column, String text) {
    try {
      return column.as(TextLimits.applied(column.type(), text));
    } catch (IllegalArgumentException e) {
      throw TableErrors.unsupportedType(location, column.name(), text);
    }
  }

  /** Parquet cannot store a group without fields. */
  private static boolean hasEmptyStruct(ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      return struct.columns().isEmpty()
          || struct.columns().stream().anyMatch(column -> hasEmptyStruct(column.type()));
    }
    if (type instanceof ColumnType.Array array) {
      return hasEmptyStruct(array.element());
    }
    return type instanceof ColumnType.Map map
        && (hasEmptyStruct(map.key()) || hasEmptyStruct(map.value()));
  }

  /** Our schema of a table, with physical names and field ids. */
  public static ColumnType.Struct fromKernel(StructType struct, OtherTypes others) {
    return fromKernel(others, "", struct);
  }

  private static ColumnType.Struct fromKernel(OtherTypes others, String path, StructType struct) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : struct.fields()) {
      columns.add(fromKernel(others, path, field));
    }
    return new ColumnType.Struct(columns);
  }

  private static Column fromKernel(OtherTypes others, String path, StructField field) {
    FieldMetadata metadata = field.getMetadata();
    return new Column(
        field.getName(),
        fromKernel(others, join(path, field.getName()), field.getDataType()),
        field.isNullable(),
        metadata.contains(PHYSICAL_NAME) ? metadata.getString(PHYSICAL_NAME) : field.getName(),
        metadata.contains(FIELD_ID)
            ? OptionalInt.of(metadata.getLong(FIELD_ID).intValue())
            : OptionalInt.empty());
  }

  private static ColumnType fromKernel(OtherTypes others, String path, DataType type) {
    if (type instanceof DecimalType decimal) {
      return new ColumnType.Decimal(decimal.getPrecision(), decimal.getScale());
    }
    if (type instanceof StructType struct) {
      return fromKernel(others, path, struct);
    }
    if (type instanceof ArrayType array) {
      return new ColumnType.Array(
          fromKernel(others, path + ".element", array.getElementType()), array.containsNull());
    }
    if (type instanceof MapType map) {
      return new ColumnType.Map(
          fromKernel(others, path + ".key", map.getKeyType()),
          fromKernel(others, path + ".value", map.getValueType()),
          map.isValueContainsNull());
    }
    Primitive primitive = BY_KERNEL_TYPE.get(type);
    return primitive == null ? others.of(path, type) : primitive;
  }

  /** The dotted path of a nested field. */
  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
