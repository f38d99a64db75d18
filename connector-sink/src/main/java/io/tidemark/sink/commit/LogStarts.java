package io.tidemark.sink.commit;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where Kafka's logs begin, for a driver that has to know whether records can be read again. */
@FunctionalInterface
public interface LogStarts {

  /**
   * The first offset that each log still has.
   *
   * @return without those of which Kafka says nothing
   */
  Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) throws IOException;
}
