package io.tidemark.delta.schema;

import io.tidemark.common.TidemarkException;

/** Why no columns can be derived from data: TM-250 to TM-299. */
final class SchemaErrors {

  private SchemaErrors() {}

  static TidemarkException incompatible(String path, ColumnType one, ColumnType other) {
    return TidemarkException.of(
        "TM-250",
        """
        Cannot find one type for field %s: it is %s and %s. Give the producers one type, or create
        the table with the type that you want.""",
        place(path),
        one,
        other);
  }

  static TidemarkException sameName(String path, String other) {
    return TidemarkException.of(
        "TM-251",
        """
        Cannot have both fields %s and %s: Delta column names ignore case. Rename one of them.""",
        path,
        other);
  }

  static TidemarkException decimalScale(String path, int scale) {
    return TidemarkException.of(
        "TM-252",
        """
        Cannot find a type for decimal field %s: its scale %d is more than the %d digits of a Delta
        decimal. Reduce the scale, or send it as a string.""",
        place(path),
        scale,
        ColumnType.Decimal.MAX_PRECISION);
  }

  static TidemarkException tooDeep(String path) {
    return TidemarkException.of(
        "TM-253",
        """
        Cannot map field %s: it is nested deeper than %d levels, which some readers of the table
        cannot read. Flatten it, or send it as a string.""",
        FieldPath.shortened(path),
        ColumnType.MAX_DEPTH);
  }

  static TidemarkException unknownKind(String path, String kind) {
    return TidemarkException.of(
        "TM-254",
        "Cannot find a type for field %s: no column type holds a %s. Send it in another form.",
        place(path),
        kind);
  }

  private static String place(String path) {
    return path.isEmpty() ? "(the whole value)" : path;
  }
}
