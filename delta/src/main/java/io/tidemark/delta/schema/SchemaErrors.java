package io.tidemark.delta.schema;

import io.tidemark.common.TidemarkException;

/** The failures of finding out what columns data wants: TM-250 to TM-299. */
final class SchemaErrors {

  private SchemaErrors() {}

  static TidemarkException incompatible(String path, ColumnType one, ColumnType other) {
    return new TidemarkException(
        "TM-250",
        "Cannot find one type for field "
            + place(path)
            + ": it is "
            + one
            + " and "
            + other
            + ". Give the producers one type, or create the table with the type that you want.",
        null);
  }

  static TidemarkException sameName(String path, String other) {
    return new TidemarkException(
        "TM-251",
        "Cannot tell fields "
            + path
            + " and "
            + other
            + " apart: Delta column names ignore case. Rename one of them.",
        null);
  }

  static TidemarkException decimalScale(String path, int scale) {
    return new TidemarkException(
        "TM-252",
        "Cannot find a type for decimal field "
            + place(path)
            + ": its scale "
            + scale
            + " is beyond the "
            + ColumnType.Decimal.MAX_PRECISION
            + " digits of a Delta decimal. Reduce the scale, or send it as a string.",
        null);
  }

  static TidemarkException tooDeep(String path) {
    return new TidemarkException(
        "TM-253",
        "Cannot map field "
            + FieldPath.shortened(path)
            + ": it is nested deeper than "
            + ColumnType.MAX_DEPTH
            + " levels, which not every reader of the table takes. Flatten it, or send it as a"
            + " string.",
        null);
  }

  static TidemarkException unknownKind(String path, String kind) {
    return new TidemarkException(
        "TM-254",
        "Cannot find a type for field "
            + place(path)
            + ": no column type holds a "
            + kind
            + ". Send it in another form.",
        null);
  }

  private static String place(String path) {
    return path.isEmpty() ? "(the whole value)" : path;
  }
}
