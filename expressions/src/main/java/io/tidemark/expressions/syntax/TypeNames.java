package io.tidemark.expressions.syntax;

import io.tidemark.expressions.type.Type;
import java.util.Map;

/** The names of types that CAST takes. */
final class TypeNames {

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("boolean", Type.BOOLEAN),
          Map.entry("tinyint", Type.BYTE),
          Map.entry("byte", Type.BYTE),
          Map.entry("smallint", Type.SHORT),
          Map.entry("short", Type.SHORT),
          Map.entry("int", Type.INT),
          Map.entry("integer", Type.INT),
          Map.entry("bigint", Type.LONG),
          Map.entry("long", Type.LONG),
          Map.entry("float", Type.FLOAT),
          Map.entry("real", Type.FLOAT),
          Map.entry("double", Type.DOUBLE),
          Map.entry("string", Type.STRING),
          Map.entry("binary", Type.BINARY),
          Map.entry("date", Type.DATE),
          Map.entry("timestamp", Type.TIMESTAMP),
          Map.entry("decimal", Type.decimal(10, 0)),
          Map.entry("dec", Type.decimal(10, 0)),
          Map.entry("numeric", Type.decimal(10, 0)));

  private TypeNames() {}

  /** The type, or null. */
  static Type of(String lowerCase) {
    return TYPES.get(lowerCase);
  }

  /** What messages list. */
  static String known() {
    return "boolean, tinyint, smallint, int, bigint, float, double, decimal(p,s), string, binary, date"
        + " or timestamp";
  }
}
