package io.tidemark.sink.commit;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What a driver asks Kafka that has to know whether records can be read again. */
public interface LogStarts {

  /**
   * The ids of topics as they are now.
   *
   * @return without those of which Kafka says nothing, or that have none
   */
  Map<String, String> topicIds(Collection<String> topics) throws IOException;

  /**
   * The first offset that each log still has.
   *
   * @return without those of which Kafka says nothing
   */
  Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) throws IOException;
}
