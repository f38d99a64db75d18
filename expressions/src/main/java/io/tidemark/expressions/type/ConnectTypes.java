package io.tidemark.expressions.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** The types of Connect's schemas and values, and the schemas of results. */
@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
public final class ConnectTypes {

  /** The parameter with which converters say how many digits a decimal has. */
  public static final String PRECISION = "connect.decimal.precision";

  private ConnectTypes() {}

  /** The type of the values of a schema. */
  public static Type of(Schema schema) {
    return switch (schema.type()) {
      case BOOLEAN -> Type.BOOLEAN;
      case INT8 -> Type.BYTE;
      case INT16 -> Type.SHORT;
      case INT32 -> int32(schema);
      case INT64 -> int64(schema);
      case FLOAT32 -> Type.FLOAT;
      case FLOAT64 -> Type.DOUBLE;
      case STRING ->
          LogicalNames.ZONED_TIMESTAMP.equals(schema.name()) ? Type.TIMESTAMP : Type.STRING;
      case BYTES -> Decimal.LOGICAL_NAME.equals(schema.name()) ? decimal(schema) : Type.BINARY;
      case ARRAY -> Type.array(of(schema.valueSchema()));
      case MAP -> Type.map(of(schema.keySchema()), of(schema.valueSchema()));
      case STRUCT -> Type.struct(schema);
    };
  }

  /** The type of a value without a schema. */
  public static Type of(Object value) {
    if (value == null) {
      return Type.NULL;
    } else if (value instanceof String) {
      return Type.STRING;
    } else if (value instanceof Long) {
      return Type.LONG;
    } else if (value instanceof Integer) {
      return Type.INT;
    } else if (value instanceof Double) {
      return Type.DOUBLE;
    } else if (value instanceof Boolean) {
      return Type.BOOLEAN;
    } else if (value instanceof BigDecimal number) {
      int precision = Math.max(number.precision(), number.scale());
      if (precision > Type.MAX_PRECISION) {
        throw new Failure("a decimal has more than 38 digits");
      }
      return Type.decimal(precision, number.scale());
    } else if (value instanceof LocalDate) {
      return Type.DATE;
    } else if (value instanceof Instant) {
      return Type.TIMESTAMP;
    } else if (value instanceof List) {
      return Type.array(Type.DYNAMIC);
    } else if (value instanceof Map) {
      return Type.map(Type.STRING, Type.DYNAMIC);
    } else if (value instanceof byte[]) {
      return Type.BINARY;
    } else if (value instanceof Float) {
      return Type.FLOAT;
    } else if (value instanceof Short) {
      return Type.SHORT;
    } else if (value instanceof Byte) {
      return Type.BYTE;
    } else if (value instanceof Struct struct) {
      return Type.struct(struct.schema());
    }
    throw new Failure("a value has a class that no type stands for");
  }

  /** A value without a schema, as types hold it. */
  public static Object normal(Object raw) {
    if (raw instanceof java.util.Date date) {
      return Instant.ofEpochMilli(date.getTime());
    } else if (raw instanceof ByteBuffer buffer) {
      return bytes(buffer);
    } else if (raw instanceof BigInteger number) {
      return new BigDecimal(number);
    } else if (raw instanceof BigDecimal number && number.scale() < 0) {
      return number.setScale(0);
    }
    return raw;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** The schema of a computed column, which may be null; no schema for a type without one. */
  public static Schema schema(Type type) {
    return switch (type.kind()) {
      case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
      case BYTE -> Schema.OPTIONAL_INT8_SCHEMA;
      case SHORT -> Schema.OPTIONAL_INT16_SCHEMA;
      case INT -> Schema.OPTIONAL_INT32_SCHEMA;
      case LONG -> Schema.OPTIONAL_INT64_SCHEMA;
      case FLOAT -> Schema.OPTIONAL_FLOAT32_SCHEMA;
      case DOUBLE -> Schema.OPTIONAL_FLOAT64_SCHEMA;
      case STRING, NULL -> Schema.OPTIONAL_STRING_SCHEMA;
      case BINARY -> Schema.OPTIONAL_BYTES_SCHEMA;
      case DATE -> Date.builder().optional().build();
      case TIMESTAMP -> Timestamp.builder().optional().build();
      case DECIMAL ->
          Decimal.builder(type.scale())
              .parameter(PRECISION, Integer.toString(type.precision()))
              .optional()
              .build();
      case ARRAY -> SchemaBuilder.array(schema(type.element())).optional().build();
      case MAP -> SchemaBuilder.map(schema(type.key()), schema(type.element())).optional().build();
      case STRUCT, OTHER -> OptionalSchemas.of(type.schema());
      case DYNAMIC ->
          throw new TypeMismatch("a column of a record with a schema needs one type; add a CAST");
    };
  }

  /** The same schema for values that may be null. */
  public static Schema optional(Schema schema) {
    return OptionalSchemas.of(schema);
  }

  private static Type int32(Schema schema) {
    String name = String.valueOf(schema.name());
    if (name.equals(Time.LOGICAL_NAME) || name.equals(LogicalNames.TIME)) {
      return Type.other(schema);
    }
    return name.equals(Date.LOGICAL_NAME) || name.equals(LogicalNames.DATE) ? Type.DATE : Type.INT;
  }

  private static Type int64(Schema schema) {
    return switch (String.valueOf(schema.name())) {
      case Timestamp.LOGICAL_NAME,
          LogicalNames.TIMESTAMP,
          LogicalNames.MICRO_TIMESTAMP,
          LogicalNames.NANO_TIMESTAMP ->
          Type.TIMESTAMP;
      case LogicalNames.MICRO_TIME, LogicalNames.NANO_TIME -> Type.other(schema);
      default -> Type.LONG;
    };
  }

  private static Type decimal(Schema schema) {
    int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
    String digits = schema.parameters().get(PRECISION);
    int precision = digits == null ? Type.MAX_PRECISION : Integer.parseInt(digits);
    return scale < 0 || scale > precision || precision > Type.MAX_PRECISION
        ? Type.other(schema)
        : Type.decimal(precision, scale);
  }
}
