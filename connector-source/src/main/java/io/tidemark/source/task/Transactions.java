package io.tidemark.source.task;

import org.apache.kafka.connect.source.SourceRecord;

/** Where Kafka's transactions end. */
public interface Transactions {

  /** Somebody else decides, or there are none. */
  Transactions NONE =
      new Transactions() {
        @Override
        public boolean ours() {
          return false;
        }

        @Override
        public void commitBehind(SourceRecord record) {}

        @Override
        public void commitBehindBatch() {}
      };

  /** Whether we decide. */
  boolean ours();

  /** Ends the transaction behind a record of the batch that is being made. */
  void commitBehind(SourceRecord record);

  /** Ends the transaction behind the batch that is being made. */
  void commitBehindBatch();
}
