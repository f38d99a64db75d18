package io.tidemark.delta.value;

/** Turns the fields of one Connect value into the cells of a row. */
@FunctionalInterface
public interface RowConverter {

  /**
   * Sets the cell of every column that this converter feeds, to null where the value has no such
   * field; other cells stay as they are.
   *
   * @param value a Map, or a Struct of the schema that the converter was made for
   * @param row one cell per column of the table
   * @throws ValueException when a cell cannot hold its value, or must not be null
   * @throws UnknownFieldException when a field with a value has no column
   */
  void convert(Object value, Object[] row);
}
