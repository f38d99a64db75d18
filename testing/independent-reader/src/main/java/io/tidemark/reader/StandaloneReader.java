package io.tidemark.reader;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.data.CloseableIterator;
import io.delta.standalone.data.RowRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;

/**
 * A table as Delta Standalone reads it: an implementation of the Delta log and of Parquet that is
 * neither Delta Kernel nor Spark, in 20 MB and without a start-up time. Reads tables without
 * deletion vectors and column mapping.
 */
public final class StandaloneReader {

  private final DeltaLog log;

  /**
   * @param table directory of the table
   */
  public StandaloneReader(Path table) {
    this.log = DeltaLog.forTable(new Configuration(), table.toAbsolutePath().toString());
  }

  /**
   * What a count can tell about the rows of a table.
   *
   * @param version that was read
   * @param rows in the table
   * @param distinct different values of the column
   */
  public record Count(long version, long rows, long distinct) {}

  /** Counts rows and different values of a BIGINT column, in the newest version. */
  public Count count(String column) {
    Set<Long> values = new HashSet<>();
    long[] rows = {0};
    long version =
        read(
            column,
            value -> {
              values.add(value);
              rows[0]++;
            });
    return new Count(version, rows[0], values.size());
  }

  /**
   * Hands over every value of a BIGINT column of the newest version, in no order.
   *
   * @return the version that was read
   */
  public long read(String column, LongConsumer values) {
    return rows(row -> values.accept(row.number(column)));
  }

  /**
   * Hands over every row of the newest version, in no order.
   *
   * @return the version that was read
   */
  public long rows(Consumer<StandaloneRow> rows) {
    var snapshot = log.update();
    try (CloseableIterator<RowRecord> iterator = snapshot.open()) {
      while (iterator.hasNext()) {
        rows.accept(new StandaloneRow(iterator.next()));
      }
    } catch (IOException e) {
      throw ReaderErrors.unreadable("table " + log.getPath(), e);
    }
    return snapshot.getVersion();
  }
}
