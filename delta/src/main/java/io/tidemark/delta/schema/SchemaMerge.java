package io.tidemark.delta.schema;

import io.tidemark.delta.schema.ColumnType.Array;
import io.tidemark.delta.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of data that a table lacks: whole columns, and fields of structs at any depth, also
 * inside arrays and maps. Names match ignoring case. It only adds: if both have a field with
 * different types, the table's type stays and each value must fit it.
 */
public final class SchemaMerge {

  private SchemaMerge() {}

  /**
   * The part of {@code wanted} that {@code table} lacks; a struct column that only lacks a field
   * appears with that field alone. No columns when nothing is missing.
   */
  public static Struct missing(Struct table, Struct wanted) {
    Map<String, Column> known = Names.index(table);
    List<Column> columns = new ArrayList<>();
    for (Column column : wanted.columns()) {
      Column match = known.get(Names.folded(column.name()));
      if (match == null) {
        columns.add(column);
      } else {
        missing(match.type(), column.type())
            .ifPresent(type -> columns.add(new Column(match.name(), type, true)));
      }
    }
    return new Struct(columns);
  }

  /**
   * The table's columns unchanged, followed at each level by those that {@link #missing} finds,
   * always nullable.
   */
  public static Struct merged(Struct table, Struct wanted) {
    Map<String, Column> wishes = Names.index(wanted);
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      Column wish = wishes.remove(Names.folded(column.name()));
      columns.add(
          wish == null
              ? column
              : new Column(
                  column.name(),
                  merged(column.type(), wish.type()),
                  column.nullable(),
                  column.physicalName(),
                  column.fieldId()));
    }
    for (Column column : wanted.columns()) {
      if (wishes.containsKey(Names.folded(column.name()))) {
        columns.add(new Column(column.name(), column.type(), true));
      }
    }
    return new Struct(columns);
  }

  private static Optional<ColumnType> missing(ColumnType table, ColumnType wanted) {
    if (table instanceof Struct a && wanted instanceof Struct b) {
      return Optional.<ColumnType>of(missing(a, b))
          .filter(type -> !((Struct) type).columns().isEmpty());
    }
    if (table instanceof Array a && wanted instanceof Array b) {
      return missing(a.element(), b.element()).map(element -> new Array(element, true));
    }
    if (table instanceof ColumnType.Map a && wanted instanceof ColumnType.Map b) {
      // Keys never get new fields: a key with more fields would be another key.
      return missing(a.value(), b.value())
          .map(value -> new ColumnType.Map(a.key(), value, a.valueContainsNull()));
    }
    return Optional.empty();
  }

  private static ColumnType merged(ColumnType table, ColumnType wanted) {
    if (table instanceof Struct a && wanted instanceof Struct b) {
      return merged(a, b);
    }
    if (table instanceof Array a && wanted instanceof Array b) {
      return new Array(merged(a.element(), b.element()), a.containsNull());
    }
    if (table instanceof ColumnType.Map a && wanted instanceof ColumnType.Map b) {
      return new ColumnType.Map(a.key(), merged(a.value(), b.value()), a.valueContainsNull());
    }
    return table;
  }
}
