package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes orders into the columns of a Parquet file. */
final class OrderColumns extends WriteSupport<OrderParser> {

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message order {
            optional binary order_id (STRING);
            optional int64 user_id;
            optional binary product (STRING);
            optional double amount;
            optional binary currency (STRING);
            optional int64 event_time;
            optional group address {
              optional binary street (STRING);
              optional binary city (STRING);
              optional binary zip (STRING);
            }
            optional binary note (STRING);
          }
          """);

  private RecordConsumer columns;

  /** A file with zstd, as the sinks write it. */
  static ParquetWriter<OrderParser> file(Path path) throws IOException {
    return new Builder(new LocalOutputFile(path))
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .build();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Parquet
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.columns = consumer;
  }

  @Override
  public void write(OrderParser order) {
    columns.startMessage();
    text("order_id", 0, order.orderId);
    columns.startField("user_id", 1);
    columns.addLong(order.userId);
    columns.endField("user_id", 1);
    text("product", 2, order.product);
    columns.startField("amount", 3);
    columns.addDouble(order.amount);
    columns.endField("amount", 3);
    text("currency", 4, order.currency);
    columns.startField("event_time", 5);
    columns.addLong(order.eventMs);
    columns.endField("event_time", 5);
    columns.startField("address", 6);
    columns.startGroup();
    text("street", 0, order.street);
    text("city", 1, order.city);
    text("zip", 2, order.zip);
    columns.endGroup();
    columns.endField("address", 6);
    text("note", 7, order.note);
    columns.endMessage();
  }

  private void text(String column, int index, String value) {
    if (value != null) {
      columns.startField(column, index);
      columns.addBinary(Binary.fromString(value));
      columns.endField(column, index);
    }
  }

  private static final class Builder extends ParquetWriter.Builder<OrderParser, Builder> {

    private Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet
    protected WriteSupport<OrderParser> getWriteSupport(Configuration configuration) {
      return new OrderColumns();
    }

    @Override
    protected WriteSupport<OrderParser> getWriteSupport(ParquetConfiguration configuration) {
      return new OrderColumns();
    }
  }
}
