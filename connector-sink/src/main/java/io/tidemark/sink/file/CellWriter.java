package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.value.Utf8;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes one canonical value, not null, of the column type that it was compiled for. */
@FunctionalInterface
interface CellWriter {

  void write(RecordConsumer out, Object value);

  static CellWriter of(ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      return struct(struct.columns());
    } else if (type instanceof ColumnType.Array array) {
      return array(of(array.element()));
    } else if (type instanceof ColumnType.Map map) {
      return map(of(map.key()), of(map.value()));
    } else if (type instanceof Decimal decimal) {
      return decimal(decimal);
    }
    return switch ((Primitive) type.stored()) {
      case BOOLEAN -> (out, value) -> out.addBoolean((Boolean) value);
      case BYTE, SHORT, INTEGER, DATE -> (out, value) -> out.addInteger((Integer) value);
      case LONG, TIMESTAMP, TIMESTAMP_NTZ -> (out, value) -> out.addLong((Long) value);
      case FLOAT -> (out, value) -> out.addFloat((Float) value);
      case DOUBLE -> (out, value) -> out.addDouble((Double) value);
      case STRING -> (out, value) -> out.addBinary(text(value));
      case BINARY -> (out, value) -> out.addBinary(bytes(value));
    };
  }

  private static CellWriter struct(List<Column> columns) {
    CellWriter[] writers =
        columns.stream().map(column -> of(column.type())).toArray(CellWriter[]::new);
    String[] names = columns.stream().map(Column::physicalName).toArray(String[]::new);
    return (out, value) -> {
      Object[] cells = (Object[]) value;
      out.startGroup();
      for (int i = 0; i < writers.length; i++) {
        if (cells[i] != null) {
          out.startField(names[i], i);
          writers[i].write(out, cells[i]);
          out.endField(names[i], i);
        }
      }
      out.endGroup();
    };
  }

  private static CellWriter array(CellWriter writer) {
    return (out, value) -> {
      List<?> elements = (List<?>) value;
      out.startGroup();
      if (!elements.isEmpty()) {
        out.startField(ParquetTypes.LIST, 0);
        for (Object element : elements) {
          out.startGroup();
          if (element != null) {
            out.startField(ParquetTypes.ELEMENT, 0);
            writer.write(out, element);
            out.endField(ParquetTypes.ELEMENT, 0);
          }
          out.endGroup();
        }
        out.endField(ParquetTypes.LIST, 0);
      }
      out.endGroup();
    };
  }

  private static CellWriter map(CellWriter key, CellWriter item) {
    return (out, value) -> {
      Map<?, ?> entries = (Map<?, ?>) value;
      out.startGroup();
      if (!entries.isEmpty()) {
        out.startField(ParquetTypes.KEY_VALUE, 0);
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          out.startGroup();
          out.startField(ParquetTypes.KEY, 0);
          key.write(out, entry.getKey());
          out.endField(ParquetTypes.KEY, 0);
          if (entry.getValue() != null) {
            out.startField(ParquetTypes.VALUE, 1);
            item.write(out, entry.getValue());
            out.endField(ParquetTypes.VALUE, 1);
          }
          out.endGroup();
        }
        out.endField(ParquetTypes.KEY_VALUE, 0);
      }
      out.endGroup();
    };
  }

  private static CellWriter decimal(Decimal type) {
    if (type.precision() <= ParquetTypes.INT_DIGITS) {
      return (out, value) -> out.addInteger(((BigDecimal) value).unscaledValue().intValueExact());
    }
    if (type.precision() <= ParquetTypes.LONG_DIGITS) {
      return (out, value) -> out.addLong(((BigDecimal) value).unscaledValue().longValueExact());
    }
    int size = ParquetTypes.fixedBytes(type.precision());
    return (out, value) -> {
      byte[] digits = ((BigDecimal) value).unscaledValue().toByteArray();
      byte[] fixed = new byte[size];
      Arrays.fill(fixed, 0, size - digits.length, (byte) (digits[0] < 0 ? -1 : 0));
      System.arraycopy(digits, 0, fixed, size - digits.length, digits.length);
      out.addBinary(Binary.fromConstantByteArray(fixed));
    };
  }

  /** Of the bytes of a whole record Parquet keeps copies of what it needs, not all of them. */
  private static Binary text(Object value) {
    return value instanceof Utf8 text
        ? Binary.fromReusedByteArray(text.bytes(), text.from(), text.to() - text.from())
        : Binary.fromConstantByteArray(((String) value).getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes belong to the record and do not change, so that Parquet may keep them. */
  private static Binary bytes(Object value) {
    return value instanceof ByteBuffer buffer
        ? Binary.fromConstantByteBuffer(buffer)
        : Binary.fromConstantByteArray((byte[]) value);
  }
}
