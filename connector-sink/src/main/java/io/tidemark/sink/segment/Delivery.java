package io.tidemark.sink.segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What one {@code put} brings. Within each collection the offsets of a partition ascend.
 *
 * @param records for the tables
 * @param absorbed for each operator the records that its transformation took out of the chain, or
 *     copied
 */
public record Delivery(Collection<SinkRecord> records, List<List<SinkRecord>> absorbed) {

  /** Records for the tables alone. */
  public static Delivery of(Collection<SinkRecord> records) {
    return new Delivery(records, List.of());
  }

  public boolean isEmpty() {
    return records.isEmpty() && absorbed.stream().allMatch(List::isEmpty);
  }

  /** All collections, those for the tables first. */
  public List<Collection<SinkRecord>> collections() {
    List<Collection<SinkRecord>> all = new ArrayList<>(absorbed.size() + 1);
    all.add(records);
    all.addAll(absorbed);
    return all;
  }
}
