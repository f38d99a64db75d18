package io.tidemark.sink.file;

import io.tidemark.common.DataFile;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Copies the rows of a data file but some into a new file, in Parquet's own types: with the same
 * schema and the same metadata, whatever the columns of the table are by now.
 */
final class RowCopy {

  private final FileOptions options;

  RowCopy(FileOptions options) {
    this.options = options;
  }

  /**
   * Copies.
   *
   * @param dropped numbers of the rows to leave out, from 0; not all of them
   * @return the footer of the new file, which is durable when this returns
   */
  ParquetMetadata copy(InputFile source, BitSet dropped, DurableOutput target) throws IOException {
    try (ParquetFileReader file =
        ParquetFileReader.open(
            source, ParquetReadOptions.builder().usePageChecksumVerification(true).build())) {
      FileMetaData metadata = file.getFileMetaData();
      ParquetWriter<Group> writer = writer(metadata, target);
      boolean done = false;
      try {
        copy(file, metadata, dropped, writer);
        done = true;
      } finally {
        if (!done) {
          // Closing the writer would make a file with a part of the rows.
          target.discard();
        }
        writer.close();
      }
      return writer.getFooter();
    }
  }

  private static void copy(
      ParquetFileReader file, FileMetaData metadata, BitSet dropped, ParquetWriter<Group> writer)
      throws IOException {
    MessageColumnIO columns =
        new ColumnIOFactory(metadata.getCreatedBy()).getColumnIO(metadata.getSchema());
    int position = 0;
    for (PageReadStore group = file.readNextRowGroup();
        group != null;
        group = file.readNextRowGroup()) {
      RecordReader<Group> rows =
          columns.getRecordReader(group, new GroupRecordConverter(metadata.getSchema()));
      for (long row = 0; row < group.getRowCount(); row++) {
        Group value = rows.read();
        if (!dropped.get(position)) {
          writer.write(value);
        }
        position++;
      }
    }
    if (dropped.length() > position) {
      throw new IOException(
          file.getFile()
              + " has "
              + position
              + " rows, but one at "
              + (dropped.length() - 1)
              + " is to be dropped");
    }
  }

  private ParquetWriter<Group> writer(FileMetaData metadata, DurableOutput target)
      throws IOException {
    return new Builder(target, new Rows(metadata.getSchema(), metadata.getKeyValueMetaData()))
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(options.codec())
        .withRowGroupSize(options.rowGroupBytes())
        .build();
  }

  /** Where a data file of an owner goes that replaces another: beside it. */
  static String beside(DataFile source, String name) {
    return source.path().substring(0, source.path().lastIndexOf(Path.SEPARATOR_CHAR) + 1) + name;
  }

  private static final class Rows extends WriteSupport<Group> {

    private final MessageType schema;
    private final Map<String, String> metadata;
    private GroupWriter writer;

    Rows(MessageType schema, Map<String, String> metadata) {
      this.schema = schema;
      this.metadata = metadata;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema, metadata);
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema, metadata);
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      writer = new GroupWriter(consumer, schema);
    }

    @Override
    public void write(Group row) {
      writer.write(row);
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Group, Builder> {

    private final Rows support;

    Builder(DurableOutput output, Rows support) {
      super(output);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet
    protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }
}
