package io.tidemark.sink.file;

import io.tidemark.common.DataFile;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The open data files of one task or driver: takes records, gives closed files. Used by one thread.
 * After an exception the only legal call is {@link #abort}.
 */
public interface RecordWriter {

  /** Starts the files of an owner, whose name begins theirs until {@link #finish}. */
  void begin(FileOwner owner);

  /**
   * Routes, converts and appends the records of one put, in order within each table. A record that
   * cannot become a row goes to the errant record reporter, or fails naming topic, partition,
   * offset and field; no part of it is written. A table that does not exist yet is created with the
   * columns that these records want together.
   */
  default void write(Collection<SinkRecord> records) throws IOException {
    write(records, RowGate.OPEN);
  }

  /**
   * The same for the records that the gate admits.
   *
   * @param gate is asked for every record that has a table, in order within the table
   */
  void write(Collection<SinkRecord> records, RowGate gate) throws IOException;

  /**
   * Copies the rows of a closed file, of whatever owner, into a new file beside it, without some.
   *
   * @param dropped numbers of the rows to leave out, from 0; not all of them
   */
  void copy(DataFile source, BitSet dropped) throws IOException;

  /**
   * Closes all files and hands them out in the order in which they were created, durable when this
   * returns; empty when no record became a row.
   */
  List<DataFile> finish() throws IOException;

  /**
   * Drops every file since {@link #begin}, closed or open, except those that {@link #finish} has
   * handed out; never throws.
   */
  void abort();

  /** Rows written since {@link #begin}. */
  long rows();

  /** Bytes written or buffered since {@link #begin}, as far as known. */
  long bytes();

  /** Files that take rows. */
  default int openFiles() {
    return 0;
  }

  /** The part of {@link #bytes} that is in memory, as far as known. */
  default long bufferedBytes() {
    return 0;
  }

  /** Location to table id of every table that got a row since {@link #begin}. */
  Map<String, String> tableIds() throws IOException;
}
