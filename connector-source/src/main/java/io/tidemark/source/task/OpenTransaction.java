package io.tidemark.source.task;

import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The transaction that records go into. It ends with the version that they are rows of, or when it
 * holds too many or has been open for too long: Kafka aborts those that take more than the
 * producer's {@code transaction.timeout.ms}, and Connect holds all records of an open one.
 */
final class OpenTransaction {

  /**
   * Records of a snapshot in a transaction: there is no version to keep whole, and what Connect
   * holds for long costs its collector more than all the rest.
   */
  static final long SNAPSHOT_RECORDS = 10_000;

  private final Transactions transactions;
  private final BatchLimits limits;
  private final LongSupplier clock;

  /** The last record, when it is of the batch that is being made. */
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
      transactions.commitBehind(last);
    } else {
      transactions.commitBehindBatch();
      endsWithBatch = true;
    }
    records = 0;
    last = null;
  }

  /**
   * Ends it where nothing is to be kept whole, since nothing more comes: otherwise what it holds of
   * a snapshot would be sent again, and aborted again, at every restart. Returns whether it did.
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

  /** Whether the batch that is being made must not get records of a later version. */
  boolean endsWithBatch() {
    return endsWithBatch;
  }
}
