package io.tidemark.source.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that knows whom to tell when it has been committed. Equal to itself alone: Connect keeps
 * records in hashed sets, and the hash of a whole row is dear.
 */
public final class RowRecord extends SourceRecord {

  private final Runnable committed;

  RowRecord(
      Map<String, ?> partition,
      Map<String, ?> offset,
      String topic,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      Headers headers,
      Runnable committed) {
    super(partition, offset, topic, null, keySchema, key, valueSchema, value, null, headers);
    this.committed = committed;
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
    return System.identityHashCode(this);
  }
}
