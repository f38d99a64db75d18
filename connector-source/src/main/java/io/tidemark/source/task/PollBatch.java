package io.tidemark.source.task;

import io.tidemark.source.record.RowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/** The records of one poll. */
final class PollBatch {

  private final BatchLimits limits;
  private final LongSupplier clock;
  private final long startMs;
  private final List<SourceRecord> records = new ArrayList<>();
  private int files;
  private long bytes;

  PollBatch(BatchLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
    this.startMs = clock.getAsLong();
  }

  void add(RowRecord record) {
    records.add(record);
  }

  void fileRead(long size) {
    files++;
    bytes += size;
  }

  boolean isFull() {
    return records.size() >= limits.records()
        || files >= limits.files()
        || (limits.bytes() > 0 && bytes >= limits.bytes())
        || clock.getAsLong() - startMs >= limits.ms();
  }

  List<SourceRecord> records() {
    return records;
  }
}
