package io.tidemark.delta.schema;

import java.util.List;
import java.util.Locale;

/** The type of a column, as Delta knows it; its text is Delta's own spelling. */
public sealed interface ColumnType {

  /**
   * The maximum nesting of new columns: a field of a field of a column is at level 3; elements,
   * keys and values of lists and maps count too. A level takes up to three levels of the schema's
   * JSON. Readers in Rust accept 128 of these and Spark accepts 1,000.
   */
  int MAX_DEPTH = 40;

  /** A type without parameters. */
  enum Primitive implements ColumnType {
    BOOLEAN,
    BYTE,
    SHORT,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    /** Days since 1970-01-01. */
    DATE,
    /** Microseconds since the epoch, an instant in UTC. */
    TIMESTAMP,
    /** Microseconds since 1970-01-01T00:00 of a wall clock without zone. */
    TIMESTAMP_NTZ;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The type in which values are stored: text of a limited length is a string. */
  default ColumnType stored() {
    return this;
  }

  /**
   * A string with a maximum number of characters (code points), for Spark's {@code varchar(n)} and
   * {@code char(n)}. For Delta it is a string.
   *
   * @param padded whether shorter values are filled up with blanks
   */
  record Text(int length, boolean padded) implements ColumnType {
    @Override
    public ColumnType stored() {
      return Primitive.STRING;
    }

    @Override
    public String toString() {
      return (padded ? "char(" : "varchar(") + length + ")";
    }
  }

  /**
   * A type that is never written: the column is null in every row.
   *
   * @param name as Delta spells it
   */
  record Opaque(String name) implements ColumnType {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@code decimal(precision,scale)}, precision 1 to 38, scale 0 to precision. */
  record Decimal(int precision, int scale) implements ColumnType {
    /** Largest precision of a Delta decimal. */
    public static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException("not a Delta decimal: " + precision + "," + scale);
      }
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** Named fields in order; names are unique ignoring case. */
  record Struct(List<Column> columns) implements ColumnType {
    public Struct {
      columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("struct<");
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        text.append(i == 0 ? "" : ",").append(column.name()).append(':').append(column.type());
      }
      return text.append('>').toString();
    }
  }

  /** A list of one element type. */
  record Array(ColumnType element, boolean containsNull) implements ColumnType {
    @Override
    public String toString() {
      return "array<" + element + ">";
    }
  }

  /** Keys (never null) to values. */
  record Map(ColumnType key, ColumnType value, boolean valueContainsNull) implements ColumnType {
    @Override
    public String toString() {
      return "map<" + key + "," + value + ">";
    }
  }
}
