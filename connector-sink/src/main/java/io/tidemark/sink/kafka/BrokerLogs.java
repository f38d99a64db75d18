package io.tidemark.sink.kafka;

import io.tidemark.sink.commit.LogStarts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks a broker what a driver has to know. */
public record BrokerLogs(Broker broker) implements LogStarts {

  @Override
  public Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
    return broker.earliest(partitions);
  }

  @Override
  public Map<String, String> topicIds(Collection<String> topics) {
    Map<String, String> ids = new HashMap<>();
    broker.topics(topics).forEach((name, topic) -> topic.id().ifPresent(id -> ids.put(name, id)));
    return ids;
  }
}
