package io.tidemark.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Values of Spark's engine as text: numbers in decimal, binary in hexadecimal, dates in days,
 * timestamps in microseconds, arrays in brackets.
 */
final class CatalystValues {

  private CatalystValues() {}

  static InternalRow row(JsonNode values, StructType schema) {
    Object[] row = new Object[schema.length()];
    for (int i = 0; i < row.length; i++) {
      StructField field = schema.fields()[i];
      row[i] = values.get(i).isNull() ? null : value(values.get(i), field.dataType());
    }
    return new GenericInternalRow(row);
  }

  private static Object value(JsonNode node, DataType type) {
    if (type instanceof ArrayType array) {
      List<Object> elements = new ArrayList<>();
      node.forEach(
          element -> elements.add(element.isNull() ? null : value(element, array.elementType())));
      return new GenericArrayData(elements.toArray());
    }
    String text = node.asText();
    if (type instanceof DecimalType decimal) {
      return Decimal.apply(
          new scala.math.BigDecimal(new BigDecimal(text)), decimal.precision(), decimal.scale());
    }
    return switch (type.catalogString()) {
      case "boolean" -> Boolean.valueOf(text);
      case "tinyint" -> Byte.valueOf(text);
      case "smallint" -> Short.valueOf(text);
      case "int", "date" -> Integer.valueOf(text);
      case "bigint", "timestamp" -> Long.valueOf(text);
      case "float" -> Float.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "binary" -> HexFormat.of().parseHex(text);
      default -> UTF8String.fromString(text);
    };
  }

  static String text(Object value, DataType type) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal().toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof ArrayData array) {
      DataType element = ((ArrayType) type).elementType();
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < array.numElements(); i++) {
        elements.add(array.isNullAt(i) ? "null" : text(array.get(i, element), element));
      }
      return elements.toString();
    }
    return value.toString();
  }
}
