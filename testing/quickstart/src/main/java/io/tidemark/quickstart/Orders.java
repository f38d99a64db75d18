package io.tidemark.quickstart;

import io.tidemark.cluster.Records;
import java.util.List;

/** Produces orders as JSON, to the partitions in turn. */
final class Orders {

  /** Receives each order that is sent. */
  interface Listener {

    void sent(int partition, Order order);
  }

  private final Records records;
  private final String topic;
  private final int partitions;
  private final int total;
  private final List<? extends Listener> listeners;
  private int next;

  /**
   * @param total orders there are going to be
   */
  Orders(
      Records records,
      String topic,
      int partitions,
      int total,
      List<? extends Listener> listeners) {
    this.records = records;
    this.topic = topic;
    this.partitions = partitions;
    this.total = total;
    this.listeners = listeners;
  }

  /** Orders produced so far. */
  int count() {
    return next;
  }

  int total() {
    return total;
  }

  /** Produces that many more; all have arrived when this returns. */
  void produce(int more) {
    for (int end = next + more; next < end; next++) {
      int partition = next % partitions;
      Order order = Order.of(next, total);
      records.send(topic, partition, null, order.json());
      for (Listener listener : listeners) {
        listener.sent(partition, order);
      }
    }
    records.flush();
  }
}
