package io.tidemark.source.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that knows whom to tell when it has been committed. Equal to itself alone: Connect keeps
 * records in hashed maps, and the hash of a whole row is dear.
 */
public final class RowRecord extends SourceRecord {

  private final Runnable committed;
  private final int number;

  /**
   * @param number unlike that of other records that are made at about the same time
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

  /** Kafka has it for good, or a transformation has dropped it. */
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
