package io.tidemark.sink.segment;

import java.util.Locale;
import org.apache.kafka.common.TopicPartition;

/**
 * A record has an offset below the position of its partition: the log is not the one that was read.
 */
public final class OffsetRegression extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient TopicPartition partition;
  private final long expected;
  private final long found;

  public OffsetRegression(TopicPartition partition, long expected, long found) {
    super(String.format(Locale.ROOT, "%s@%d where %d was due", partition, found, expected));
    this.partition = partition;
    this.expected = expected;
    this.found = found;
  }

  public TopicPartition partition() {
    return partition;
  }

  public long expected() {
    return expected;
  }

  public long found() {
    return found;
  }
}
