package io.tidemark.source.task;

import org.apache.kafka.connect.source.SourceRecord;

/** Sets where Kafka's transactions end. */
public interface Transactions {

  /** Connect decides, or there are no transactions. */
  Transactions NONE =
      new Transactions() {
        @Override
        public boolean ours() {
          return false;
        }

        @Override
        public void commitAfter(SourceRecord record) {}

        @Override
        public void commitAfterBatch() {}
      };

  /** Whether the task decides. */
  boolean ours();

  /** Ends the transaction after a record of the current batch. */
  void commitAfter(SourceRecord record);

  /** Ends the transaction after the current batch. */
  void commitAfterBatch();
}
