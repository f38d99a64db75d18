package io.tidemark.sink.window;

import io.tidemark.sink.segment.Delivery;
import io.tidemark.windows.OperatorScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What the transformations of a task have absorbed since the last {@code put}. Records are
 * aggregated only in {@code put}, because only there a failure is sure to fail the task.
 */
public final class Inbox extends OperatorScope {

  private final List<Map<String, String>> configurations;
  private final List<List<SinkRecord>> absorbed = new ArrayList<>();
  private final LongAdder dropped = new LongAdder();

  /**
   * @param configurations of the operators' transformations, in the order of the operators
   */
  public Inbox(List<Map<String, String>> configurations) {
    this.configurations = List.copyOf(configurations);
    configurations.forEach(any -> absorbed.add(new ArrayList<>()));
  }

  @Override
  public void dropped() {
    dropped.increment();
  }

  /** Records that transformations have dropped since the task started; from any thread. */
  public long droppedRecords() {
    return dropped.sum();
  }

  @Override
  public boolean absorb(Map<String, String> configuration, SinkRecord record) {
    for (int i = 0; i < configurations.size(); i++) {
      if (configurations.get(i).equals(configuration)) {
        absorbed.get(i).add(record);
        return true;
      }
    }
    return false;
  }

  /** Returns all that one {@code put} brings, and empties the inbox. */
  public Delivery take(Collection<SinkRecord> records) {
    if (configurations.isEmpty()) {
      return Delivery.of(records);
    }
    List<List<SinkRecord>> taken = new ArrayList<>(absorbed.size());
    for (int i = 0; i < absorbed.size(); i++) {
      taken.add(absorbed.get(i));
      absorbed.set(i, new ArrayList<>());
    }
    return new Delivery(records, taken);
  }
}
