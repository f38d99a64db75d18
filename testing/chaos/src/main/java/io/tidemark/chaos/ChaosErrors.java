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
    return TidemarkException.of(
        "TM-971", cause, "The writer of the records ended too early: %s", cause);
  }

  static TidemarkException writerStuck() {
    return TidemarkException.of(
        "TM-972", "The writer of the records does not end. Check the broker's log.");
  }

  static TidemarkException offsetsDiffer(TopicPartition place, long acknowledged, Long end) {
    return TidemarkException.of(
        "TM-973",
        """
        Kafka acknowledged %d records of %s, but the partition ends at offset %s: the producer lost
        or duplicated some, so the oracle cannot judge the connector.""",
        acknowledged,
        place,
        end);
  }
}
