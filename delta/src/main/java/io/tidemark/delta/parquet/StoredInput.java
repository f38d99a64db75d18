package io.tidemark.delta.parquet;

import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file for Parquet to read; Parquet's own class takes Hadoop's cached file systems.
 *
 * @param bytes its size, which spares a question to the store
 */
public record StoredInput(HadoopFileSystems fileSystems, Path path, long bytes)
    implements InputFile {

  @Override
  public long getLength() {
    return bytes;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return HadoopStreams.wrap(fileSystems.open(path, bytes));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
