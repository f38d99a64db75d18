package io.tidemark.source.task;

import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The transaction of the current records. It ends with the version of these rows, or when it has
 * too many records or has been open for too long: Kafka aborts those that take more than the
 * producer's {@code transaction.timeout.ms}, and Connect holds all records of an open one.
 */
final class OpenTransaction {

  /**
   * Maximum number of snapshot records in a transaction: a snapshot need not be in one transaction,
   * and records that Connect holds for long are expensive to garbage-collect.
   */
  static final long SNAPSHOT_RECORDS = 10_000;

  private final Transactions transactions;
  private final BatchLimits limits;
  private final LongSupplier clock;

  /** The last record, if it belongs to the current batch. */
  private SourceRecord last;

  private boolean endsWithBatch;
  private boolean snapshot;
  private long records;
  private long sinceMs;

  OpenTransaction(Transactions transactions, BatchLimits limits, LongSupplier clock) {
    this.transactions = transactions;
    this.limits = limits;
    this.clock = clock;
  }

  private boolean isOpen() {
    return records > 0;
  }

  /**
   * Adds a record.
   *
   * @param ofSnapshot whether it is a row of a snapshot, instead of a version
   */
  void add(SourceRecord record, boolean ofSnapshot) {
    if (!transactions.ours()) {
      return;
    }
    if (records == 0) {
      sinceMs = clock.getAsLong();
    }
    last = record;
    snapshot = ofSnapshot;
    records++;
    long most = limits.transactionRecords();
    if (records >= (ofSnapshot ? Math.min(SNAPSHOT_RECORDS, most) : most)) {
      end();
    }
  }

  /** The version is complete. */
  void end() {
    if (!isOpen()) {
      return;
    }
    if (last != null) {
      transactions.commitAfter(last);
    } else {
      transactions.commitAfterBatch();
      endsWithBatch = true;
    }
    records = 0;
    last = null;
  }

  /**
   * Ends a transaction of snapshot records when no more records follow: otherwise these records
   * would be sent and aborted again at every restart. Returns whether it did.
   */
  boolean endOfSnapshot() {
    if (!isOpen() || !snapshot) {
      return false;
    }
    end();
    return true;
  }

  /** The batch is complete. */
  void batchMade() {
    if (isOpen() && clock.getAsLong() - sinceMs >= limits.transactionMs()) {
      end();
    }
    last = null;
    endsWithBatch = false;
  }

  /** Whether the current batch must not get records of a later version. */
  boolean endsWithBatch() {
    return endsWithBatch;
  }
}
