package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Decimals of the column's scale, from decimals of the same or a smaller one, and from integers.
 */
final class Decimals {

  private Decimals() {}

  static PrimitiveConverter of(
      ColumnType.Decimal type, PrimitiveType file, String path, Cell cell) {
    PrimitiveTypeName stored = file.getPrimitiveTypeName();
    LogicalTypeAnnotation annotation = file.getLogicalTypeAnnotation();
    int from;
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
      from = decimal.getScale();
    } else {
      boolean integer = stored == PrimitiveTypeName.INT32 || stored == PrimitiveTypeName.INT64;
      Leaves.require(integer && Leaves.isSigned(annotation), type, file, path);
      from = 0;
    }
    Leaves.require(from <= type.scale(), type, file, path);
    int to = type.scale();
    return switch (stored) {
      case INT32, INT64 ->
          new PrimitiveConverter() {
            @Override
            public void addInt(int value) {
              cell.accept(scaled(BigDecimal.valueOf(value, from), to));
            }

            @Override
            public void addLong(long value) {
              cell.accept(scaled(BigDecimal.valueOf(value, from), to));
            }
          };
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          new DictionaryConverter(
              cell,
              bytes -> scaled(new BigDecimal(new BigInteger(bytes.getBytesUnsafe()), from), to));
      default -> throw new ColumnMismatchException(path, type, file);
    };
  }

  private static BigDecimal scaled(BigDecimal value, int scale) {
    return value.scale() == scale ? value : value.setScale(scale, RoundingMode.UNNECESSARY);
  }
}
