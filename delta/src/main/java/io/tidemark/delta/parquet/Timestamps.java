package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Date;
import java.util.function.LongFunction;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Timestamps from micro- and milliseconds, from the old twelve bytes, and from widened dates. */
@SuppressWarnings("JavaUtilDate") // Connect's Timestamp is one
public final class Timestamps {

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588L;

  private Timestamps() {}

  /** Converts microseconds into values of a timestamp's Connect schema. */
  public static LongFunction<Object> values(Schema schema) {
    return Timestamp.LOGICAL_NAME.equals(schema.name())
        ? micros -> new Date(Math.floorDiv(micros, 1000L))
        : micros -> micros;
  }

  static PrimitiveConverter of(
      Primitive type,
      Schema schema,
      PrimitiveType file,
      String path,
      FileCalendar calendar,
      Cell cell) {
    LongFunction<Object> values = values(schema);
    PrimitiveTypeName stored = file.getPrimitiveTypeName();
    if (stored == PrimitiveTypeName.INT96) {
      return new PrimitiveConverter() {
        @Override
        public void addBinary(Binary value) {
          cell.accept(values.apply(calendar.microsOfInt96(micros(value.toByteBuffer()), path)));
        }
      };
    }
    if (stored == PrimitiveTypeName.INT32) {
      boolean widened =
          type == Primitive.TIMESTAMP_NTZ
              && file.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation;
      Leaves.require(widened, type, file, path);
      return new PrimitiveConverter() {
        @Override
        public void addInt(int value) {
          cell.accept(values.apply(calendar.day(value) * MICROS_PER_DAY));
        }
      };
    }
    long factor = factor(type, file, path);
    // Spark has never written timestamps without a zone in the old calendar.
    FileCalendar old = type == Primitive.TIMESTAMP ? calendar : FileCalendar.TODAY;
    return new PrimitiveConverter() {
      @Override
      public void addLong(long value) {
        cell.accept(values.apply(old.micros(value * factor, path)));
      }
    };
  }

  private static long factor(Primitive type, PrimitiveType file, String path) {
    boolean fits =
        file.getPrimitiveTypeName() == PrimitiveTypeName.INT64
            && file.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
            && timestamp.isAdjustedToUTC() == (type == Primitive.TIMESTAMP)
            && timestamp.getUnit() != TimeUnit.NANOS;
    Leaves.require(fits, type, file, path);
    TimestampLogicalTypeAnnotation timestamp =
        (TimestampLogicalTypeAnnotation) file.getLogicalTypeAnnotation();
    return timestamp.getUnit() == TimeUnit.MILLIS ? 1000L : 1L;
  }

  /** Nanoseconds of the day, then the Julian day. */
  private static long micros(ByteBuffer twelveBytes) {
    ByteBuffer buffer = twelveBytes.order(ByteOrder.LITTLE_ENDIAN);
    long nanosOfDay = buffer.getLong();
    int julianDay = buffer.getInt();
    return (julianDay - JULIAN_DAY_OF_EPOCH) * MICROS_PER_DAY + Math.floorDiv(nanosOfDay, 1000L);
  }
}
