package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** The times of sending in a data file. */
final class SentTimes {

  private SentTimes() {}

  /** Hands over the time of each row. */
  static void read(Path file, LongConsumer sentMs) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      MessageType column =
          new MessageType("times", reader.getFileMetaData().getSchema().getType(SteadyLoad.SENT));
      reader.setRequestedSchema(column);
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> rows =
            new ColumnIOFactory()
                .getColumnIO(column)
                .getRecordReader(pages, new GroupRecordConverter(column));
        for (long row = 0; row < pages.getRowCount(); row++) {
          sentMs.accept(rows.read().getLong(SteadyLoad.SENT, 0));
        }
      }
    }
  }
}
