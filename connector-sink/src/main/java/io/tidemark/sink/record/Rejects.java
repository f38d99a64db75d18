package io.tidemark.sink.record;

import io.tidemark.checkpoint.TidemarkException;
import java.util.Optional;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Where records go that cannot become rows: to the errant record reporter while errors are
 * tolerated, else nowhere, and the task stops.
 */
public final class Rejects {

  private final Optional<ErrantRecordReporter> reporter;
  private long count;

  /**
   * @param reporter of the sink task's context; empty when Connect gives none
   * @param tolerated whether {@code errors.tolerance} is {@code all}
   */
  public Rejects(Optional<ErrantRecordReporter> reporter, boolean tolerated) {
    this.reporter = reporter.filter(any -> tolerated);
  }

  /**
   * Reports the record. Connect waits for the report before it commits the record's offset.
   *
   * @throws TidemarkException the reason itself, when there is no reporter
   */
  public void reject(SinkRecord record, TidemarkException reason) {
    count++;
    var unused = reporter.orElseThrow(() -> reason).report(record, reason);
  }

  /** Reports a record that is left out by design; without a reporter it is left out silently. */
  public void report(SinkRecord record, TidemarkException reason) {
    reporter.ifPresent(
        sink -> {
          var unused = sink.report(record, reason);
        });
  }

  /** Records rejected since the task started. */
  public long count() {
    return count;
  }
}
