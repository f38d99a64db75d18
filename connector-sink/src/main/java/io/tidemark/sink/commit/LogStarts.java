package io.tidemark.sink.commit;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Questions to Kafka that show a driver whether records can be read again. */
public interface LogStarts {

  /**
   * The ids of topics as they are now.
   *
   * @return without topics for which Kafka does not answer, or that have no id
   */
  Map<String, String> topicIds(Collection<String> topics) throws IOException;

  /**
   * The first offset that each log still has.
   *
   * @return without partitions for which Kafka does not answer
   */
  Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) throws IOException;
}
