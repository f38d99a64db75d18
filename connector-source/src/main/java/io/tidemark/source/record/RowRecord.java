package io.tidemark.source.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record with a callback for when it has been committed. It is equal only to itself: Connect
 * keeps records in hash maps, and hashing a whole row is expensive.
 */
public final class RowRecord extends SourceRecord {

  private final Runnable committed;
  private final int number;

  /**
   * @param number different from that of other records created at about the same time
   */
  RowRecord(
      Map<String, ?> partition,
      Map<String, ?> offset,
      String topic,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      Headers headers,
      Runnable committed,
      int number) {
    super(partition, offset, topic, null, keySchema, key, valueSchema, value, null, headers);
    this.committed = committed;
    this.number = number;
  }

  /** The record is committed in Kafka, or a transformation has dropped it. */
  public void committed() {
    committed.run();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
