package io.tidemark.sink.window;

import io.tidemark.common.TidemarkException;
import org.apache.kafka.connect.sink.SinkRecord;

/** What can go wrong with duplicates in front of the sink, {@code TM-482} to {@code TM-489}. */
final class DeduplicationErrors {

  private DeduplicationErrors() {}

  /** A record that the transformation has seen is not in the put. */
  static TidemarkException notDelivered(String operator, SinkRecord record) {
    return TidemarkException.of(
        "TM-482",
        """
        Cannot find duplicates: %s has passed the record of %s-%d at offset %d on, but Connect has not
        delivered it to the sink, or in another order. The record could be a duplicate, so the task
        stops. DropDuplicates must be the last transformation: check transforms, and report this if it
        is.""",
        operator,
        record.originalTopic(),
        record.originalKafkaPartition(),
        record.originalKafkaOffset());
  }
}
