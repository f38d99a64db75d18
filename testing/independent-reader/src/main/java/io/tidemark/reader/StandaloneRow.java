package io.tidemark.reader;

import io.delta.standalone.data.RowRecord;
import io.delta.standalone.internal.data.RowParquetRecordImpl;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A row as Delta Standalone reads it. Fields of a struct are named with a dot. */
public final class StandaloneRow {

  private final RowRecord row;

  StandaloneRow(RowRecord row) {
    this.row = row;
  }

  /** Value of a BIGINT column. */
  public long number(String column) {
    return parent(column).getLong(leaf(column));
  }

  /** Value of an INT column. */
  public int integer(String column) {
    return parent(column).getInt(leaf(column));
  }

  /** Value of a STRING column. */
  public String text(String column) {
    return parent(column).getString(leaf(column));
  }

  /**
   * Value of a TIMESTAMP column that is stored as microseconds. Delta Standalone's own accessor
   * knows only the older INT96, so the value is taken as the number that it is in the file.
   */
  public Instant time(String column) {
    String name = leaf(column);
    RowParquetRecordImpl parent = (RowParquetRecordImpl) parent(column);
    StructType asStored = new StructType(new StructField[] {new StructField(name, new LongType())});
    long micros =
        new RowParquetRecordImpl(
                parent.record(), asStored, parent.timeZone(), parent.partitionValues())
            .getLong(name);
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private RowRecord parent(String column) {
    RowRecord parent = row;
    String[] names = column.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      parent = parent.getRecord(names[i]);
    }
    return parent;
  }

  private static String leaf(String column) {
    return column.substring(column.lastIndexOf('.') + 1);
  }
}
