package io.tidemark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {

  @TempDir static Path directory;
  private static KafkaBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = new KafkaBroker(directory);
    broker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void keepsRecordsAndAddressWhenKilledAndStartedAgain() {
    String address = broker.bootstrapServers();
    write("kept", 2, 100);

    broker.process().kill();
    broker.start();

    assertThat(broker.bootstrapServers()).isEqualTo(address);
    try (Topics topics = new Topics(address)) {
      assertThat(topics.endOffsets("kept")).isEqualTo(Map.of(0, 50L, 1, 50L));
      assertThat(topics.lag("nobody", "kept")).isEqualTo(100);
    }
  }

  @Test
  void forgetsExpiredRecords() {
    write("expiring", 1, 10);
    try (Topics topics = new Topics(broker.bootstrapServers())) {
      topics.expire("expiring", 0, 4);

      assertThat(topics.startOffsets("expiring")).isEqualTo(Map.of(0, 4L));
      assertThat(topics.lag("nobody", "expiring")).isEqualTo(6);
    }
  }

  @Test
  void namesTheTopicThatCannotBeCreatedTwice() {
    try (Topics topics = new Topics(broker.bootstrapServers())) {
      topics.create("twice", 1);

      assertThatThrownBy(() -> topics.create("twice", 1))
          .hasMessageStartingWith("TM-910 Kafka failed to create topic twice:");
    }
  }

  @Test
  void answersOnlyAfterItIsResumed() {
    try (Topics topics = new Topics(broker.bootstrapServers())) {
      topics.names();
      broker.process().suspend();
      CompletableFuture<Void> creation = CompletableFuture.runAsync(() -> topics.create("late", 1));
      assertThat(creation).isNotDone();

      broker.process().resume();
      creation.join();
      assertThat(topics.names()).contains("late");
    }
  }

  private static void write(String topic, int partitions, int count) {
    try (Topics topics = new Topics(broker.bootstrapServers());
        Records records = new Records(broker.bootstrapServers())) {
      topics.create(topic, partitions);
      for (int i = 0; i < count; i++) {
        records.send(topic, i % partitions, "k" + i, "{\"n\":" + i + "}");
      }
      records.flush();
    }
  }
}
