package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import io.tidemark.windows.close.ResultRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/** The row of a closed window on its way into a table: like a record, but it is not in Kafka. */
public final class ResultRecord extends SinkRecord {

  static final String OPERATOR = "tidemark.window.operator";
  static final String START = "tidemark.window.start";
  static final String END = "tidemark.window.end";
  static final String CODE = "tidemark.error.code";
  static final String REASON = "tidemark.error.message";

  /** Connect then sends the letter without a timestamp, and the producer sets one. */
  private static final long NO_TIMESTAMP = -1;

  private final String operator;
  private final ResultRow row;

  /**
   * @param operator name of the aggregation
   * @param topic by which the row finds its table
   * @param number of the row in its batch
   */
  public ResultRecord(String operator, String topic, ResultRow row, long number) {
    super(topic, 0, null, null, row.value().schema(), row.value(), number);
    this.operator = operator;
    this.row = row;
  }

  /** The name of the row in messages. */
  String place() {
    return "the row of "
        + operator
        + " for the window from "
        + row.start()
        + " to "
        + row.end()
        + " and the group whose key hashes to "
        + row.group();
  }

  /**
   * The row as a dead letter, in several forms to try in turn, because not every converter accepts
   * a struct: as it is, as JSON text, as the bytes of that text, and without a value.
   */
  List<SinkRecord> letters(TidemarkException reason) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(OPERATOR, operator);
    headers.addString(START, row.start());
    headers.addString(END, row.end());
    headers.addString(CODE, reason.code());
    headers.addString(REASON, reason.getMessage());
    String json = JsonText.of(value());
    return List.of(
        letter(valueSchema(), value(), headers),
        letter(Schema.STRING_SCHEMA, json, headers),
        letter(Schema.BYTES_SCHEMA, json.getBytes(StandardCharsets.UTF_8), headers),
        letter(null, null, headers));
  }

  private SinkRecord letter(Schema schema, Object value, ConnectHeaders headers) {
    return new SinkRecord(
        topic(),
        kafkaPartition(),
        null,
        null,
        schema,
        value,
        kafkaOffset(),
        NO_TIMESTAMP,
        TimestampType.NO_TIMESTAMP_TYPE,
        headers);
  }
}
