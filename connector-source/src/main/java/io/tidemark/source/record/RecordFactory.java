package io.tidemark.source.record;

import io.tidemark.delta.read.ChangeType;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.SourceOffset;
import io.tidemark.source.read.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;

/**
 * Makes records of the rows of one table. The record of a deleted row has the row as its value,
 * unless tombstones are configured; the header says that it was deleted.
 */
public final class RecordFactory {

  static final String VERSION = "_delta_version";
  static final String COMMIT_TIMESTAMP = "_delta_commit_timestamp";
  static final String CHANGE_TYPE = "_delta_change_type";

  private final String location;
  private final String topic;
  private final RecordOptions options;

  private Step.Part part;
  private Schema schema;
  private KeyFields keyFields;
  private int made;
  private final Map<ChangeType, List<Header>> headers = new EnumMap<>(ChangeType.class);

  /**
   * @param location of the table
   */
  public RecordFactory(String location, RecordOptions options) {
    this.location = location;
    this.topic = options.topicOf(location);
    this.options = options;
  }

  /**
   * The record of a row.
   *
   * @param partition of the row's shard
   * @param next where the shard continues after the row
   * @param known text of how far all shards have come
   * @param committed is called when the record has been committed
   */
  public RowRecord record(
      Step.Row row,
      Map<String, String> partition,
      Position next,
      String known,
      Runnable committed) {
    enter(row.in());
    boolean gone = options.tombstones() && row.type().isGone();
    SchemaAndValue key = keyFields == null ? SchemaAndValue.NULL : keyFields.of(row.value());
    return new RowRecord(
        partition,
        SourceOffset.map(next, known),
        topic,
        key.schema(),
        key.value(),
        gone ? null : schema,
        gone ? null : row.value(),
        new ConnectHeaders(headers.computeIfAbsent(row.type(), this::headers)),
        committed,
        made++);
  }

  /** Called for every row, so it compares identities, not contents. */
  @SuppressWarnings("ReferenceEquality")
  private void enter(Step.Part next) {
    if (next == part) {
      return;
    }
    part = next;
    headers.clear();
    if (!next.state().rowSchema().equals(schema)) {
      schema = next.state().rowSchema();
      keyFields =
          options.keyFields().isEmpty()
              ? null
              : new KeyFields(options.keyFields(), schema, location, next.version());
    }
  }

  private List<Header> headers(ChangeType type) {
    if (!options.headers()) {
      return List.of();
    }
    ConnectHeaders made = new ConnectHeaders();
    made.addLong(VERSION, part.version());
    if (part.timestampMs() >= 0) {
      made.addLong(COMMIT_TIMESTAMP, part.timestampMs());
    }
    made.addString(CHANGE_TYPE, type.text());
    List<Header> list = new ArrayList<>();
    made.forEach(list::add);
    return list;
  }
}
