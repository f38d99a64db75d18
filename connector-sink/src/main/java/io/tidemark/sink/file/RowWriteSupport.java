package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes the cells of a table's rows that belong into data files: all but partition columns. */
final class RowWriteSupport extends WriteSupport<Object[]> {

  /**
   * Key under which Spark looks for the calendar of dates and timestamps. From this version on the
   * calendar is that of ISO 8601, which we use. Without the key, Spark 3 refuses dates before 1900.
   */
  private static final Map<String, String> CALENDAR = Map.of("org.apache.spark.version", "3.5.0");

  private final List<Column> columns;
  private final int[] cells;
  private final String[] names;
  private final CellWriter[] writers;
  private RecordConsumer out;

  /**
   * @param columns the columns of the file
   * @param cells for each of them its index in the row
   */
  RowWriteSupport(List<Column> columns, int[] cells) {
    this.columns = columns;
    this.cells = cells;
    this.names = columns.stream().map(Column::physicalName).toArray(String[]::new);
    this.writers =
        columns.stream().map(column -> CellWriter.of(column.type())).toArray(CellWriter[]::new);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Parquet
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ParquetTypes.message(columns), CALENDAR);
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(ParquetTypes.message(columns), CALENDAR);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.out = consumer;
  }

  @Override
  public void write(Object[] row) {
    out.startMessage();
    for (int i = 0; i < writers.length; i++) {
      Object value = row[cells[i]];
      if (value != null) {
        out.startField(names[i], i);
        writers[i].write(out, value);
        out.endField(names[i], i);
      }
    }
    out.endMessage();
  }
}
