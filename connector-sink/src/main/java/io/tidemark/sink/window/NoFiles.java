package io.tidemark.sink.window;

import io.tidemark.common.DataFile;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.file.RowGate;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/** The result files of a connector without operators. */
final class NoFiles implements RecordWriter {

  @Override
  public void begin(FileOwner owner) {
    throw new IllegalStateException("there are no operators");
  }

  @Override
  public void write(Collection<SinkRecord> records, RowGate gate) {
    throw new IllegalStateException("there are no operators");
  }

  @Override
  public void copy(DataFile source, BitSet dropped) {
    throw new IllegalStateException("there are no operators");
  }

  @Override
  public List<DataFile> finish() {
    return List.of();
  }

  @Override
  public void abort() {
    // There is nothing to drop.
  }

  @Override
  public long rows() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Map<String, String> tableIds() {
    return Map.of();
  }
}
