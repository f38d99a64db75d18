package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Converters for columns without parts. A file may have a narrower type than the table, if it was
 * written before the column was widened.
 */
@SuppressWarnings("JavaUtilDate") // Connect's Date is one
final class Leaves {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private Leaves() {}

  static PrimitiveConverter of(
      ColumnType type,
      Schema schema,
      PrimitiveType file,
      String path,
      FileCalendar calendar,
      Cell cell) {
    if (type instanceof Decimal decimal) {
      return Decimals.of(decimal, file, path, cell);
    }
    PrimitiveTypeName stored = file.getPrimitiveTypeName();
    LogicalTypeAnnotation meaning = file.getLogicalTypeAnnotation();
    boolean signed = isSigned(meaning);
    boolean whole = stored == PrimitiveTypeName.INT32 && signed;
    return switch ((Primitive) type) {
      case BOOLEAN -> {
        require(stored == PrimitiveTypeName.BOOLEAN, type, file, path);
        yield new PrimitiveConverter() {
          @Override
          public void addBoolean(boolean value) {
            cell.accept(value);
          }
        };
      }
      case BYTE, SHORT, INTEGER -> {
        require(whole, type, file, path);
        yield integers((Primitive) type, path, cell);
      }
      case LONG -> {
        require(whole || (stored == PrimitiveTypeName.INT64 && signed), type, file, path);
        yield new PrimitiveConverter() {
          @Override
          public void addInt(int value) {
            cell.accept((long) value);
          }

          @Override
          public void addLong(long value) {
            cell.accept(value);
          }
        };
      }
      case FLOAT -> {
        require(stored == PrimitiveTypeName.FLOAT, type, file, path);
        yield new PrimitiveConverter() {
          @Override
          public void addFloat(float value) {
            cell.accept(value);
          }
        };
      }
      case DOUBLE -> {
        boolean floating = stored == PrimitiveTypeName.DOUBLE || stored == PrimitiveTypeName.FLOAT;
        require(whole || floating, type, file, path);
        yield doubles(cell);
      }
      case STRING -> {
        boolean text = stored == PrimitiveTypeName.BINARY && !isDecimal(meaning);
        require(text, type, file, path);
        yield new DictionaryConverter(cell, Binary::toStringUsingUTF8);
      }
      case BINARY -> {
        boolean bytes =
            (stored == PrimitiveTypeName.BINARY || stored == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                && !isDecimal(meaning);
        require(bytes, type, file, path);
        yield new PrimitiveConverter() {
          @Override
          public void addBinary(Binary value) {
            cell.accept(value.getBytes());
          }
        };
      }
      case DATE -> {
        boolean days =
            stored == PrimitiveTypeName.INT32 && meaning instanceof DateLogicalTypeAnnotation;
        require(days, type, file, path);
        yield new PrimitiveConverter() {
          @Override
          public void addInt(int value) {
            cell.accept(new Date(calendar.day(value) * MILLIS_PER_DAY));
          }
        };
      }
      case TIMESTAMP, TIMESTAMP_NTZ ->
          Timestamps.of((Primitive) type, schema, file, path, calendar, cell);
    };
  }

  /** Whether whole numbers have no logical type that changes their meaning. */
  static boolean isSigned(LogicalTypeAnnotation meaning) {
    return meaning == null
        || (meaning instanceof IntLogicalTypeAnnotation integer && integer.isSigned());
  }

  private static boolean isDecimal(LogicalTypeAnnotation meaning) {
    return meaning instanceof DecimalLogicalTypeAnnotation;
  }

  static void require(boolean readable, ColumnType type, PrimitiveType file, String path) {
    if (!readable) {
      throw new ColumnMismatchException(path, type, file);
    }
  }

  private static PrimitiveConverter integers(Primitive type, String path, Cell cell) {
    return new PrimitiveConverter() {
      @Override
      public void addInt(int value) {
        if (type == Primitive.INTEGER) {
          cell.accept(value);
        } else if (type == Primitive.SHORT && value == (short) value) {
          cell.accept((short) value);
        } else if (type == Primitive.BYTE && value == (byte) value) {
          cell.accept((byte) value);
        } else {
          throw new ColumnMismatchException(path, type);
        }
      }
    };
  }

  private static PrimitiveConverter doubles(Cell cell) {
    return new PrimitiveConverter() {
      @Override
      public void addInt(int value) {
        cell.accept((double) value);
      }

      @Override
      public void addFloat(float value) {
        cell.accept((double) value);
      }

      @Override
      public void addDouble(double value) {
        cell.accept(value);
      }
    };
  }
}
