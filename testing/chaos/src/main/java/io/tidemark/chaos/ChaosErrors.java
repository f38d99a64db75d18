package io.tidemark.chaos;

import io.tidemark.common.TidemarkException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;

/** Every error of a chaos run that is not a finding of the oracle, codes {@code TM-97x}. */
final class ChaosErrors {

  private ChaosErrors() {}

  static TidemarkException writerEnded(Future<?> ticks) {
    Throwable cause = null;
    try {
      ticks.get();
    } catch (ExecutionException e) {
      cause = e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new TidemarkException(
        "TM-971", "The writer of the records ended before its time: %s".formatted(cause), cause);
  }

  static TidemarkException writerStuck() {
    return new TidemarkException(
        "TM-972", "The writer of the records does not end; look into the broker's log.", null);
  }

  static TidemarkException offsetsDiffer(TopicPartition place, long acknowledged, Long end) {
    return new TidemarkException(
        "TM-973",
        "%s was acknowledged %d records and ends at offset %s: the producer lost or doubled some, and the oracle cannot judge the connector."
            .formatted(place, acknowledged, end),
        null);
  }
}
