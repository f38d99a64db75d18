package io.tidemark.sink.file;

import java.io.IOException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Decides which records of a put become rows, and learns where their rows are. */
public interface RowGate {

  /** Admits every record. */
  RowGate OPEN =
      new RowGate() {
        @Override
        public boolean admits(SinkRecord record) {
          return true;
        }

        @Override
        public void written(SinkRecord record, int file, long position) {
          // Nobody asks for it.
        }
      };

  /**
   * Whether to write the record. Asked for each record in turn, after the row of the previous one
   * was written.
   */
  boolean admits(SinkRecord record);

  /**
   * The record that was admitted last is a row of a file. Not called for one that was rejected.
   *
   * @param file index of the file in what {@link RecordWriter#finish} hands out
   * @param position number of the row in the file, from 0
   */
  void written(SinkRecord record, int file, long position) throws IOException;
}
