package io.tidemark.simulation;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.sink.kafka.Broker;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Kafka's answers to an actor about its logs; now and then it does not answer. */
final class SimulatedBroker implements Broker {

  private final Io io;
  private final World world;

  SimulatedBroker(Io io, World world) {
    this.io = io;
    this.world = world;
  }

  @Override
  public Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
    return ask("earliest", partitions, partition -> world.kafka.log(partition).start);
  }

  @Override
  public Map<TopicPartition, Long> latest(Collection<TopicPartition> partitions) {
    return ask("latest", partitions, partition -> world.kafka.log(partition).end());
  }

  @Override
  public Map<TopicPartition, Long> since(Map<TopicPartition, Long> timestampsMs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<TopicPartition, Boolean> holdRecords(Map<TopicPartition, OffsetRange> ranges) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<TopicPartition, Committed> committed(Collection<TopicPartition> partitions) {
    return Map.of();
  }

  @Override
  public Map<String, Topic> topics(Collection<String> names) {
    return ask(
        "topics",
        names,
        name ->
            new Topic(
                Optional.of(world.kafka.id(name)),
                (int)
                    world.kafka.partitions().stream()
                        .filter(partition -> partition.topic().equals(name))
                        .count()));
  }

  @Override
  public Optional<String> clusterId() {
    return Optional.of("cluster");
  }

  @Override
  public Map<String, Retention> retention(Collection<String> topics) {
    return Map.of();
  }

  private <K, V> Map<K, V> ask(String what, Collection<K> keys, Function<K, V> answer) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    try {
      return io.run(
          () -> "ask " + what + " of " + keys,
          () -> {
            Map<K, V> answers = new HashMap<>();
            for (K key : keys) {
              if (world.faults.haveCeased() || !world.dice.chance(0.02)) {
                answers.put(key, answer.apply(key));
              }
            }
            return answers;
          });
    } catch (IOException noAnswer) {
      return Map.of();
    }
  }
}
