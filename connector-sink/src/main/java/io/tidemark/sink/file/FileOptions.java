package io.tidemark.sink.file;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How data files are written.
 *
 * @param codec {@code parquet.codec}
 * @param targetBytes {@code file.target.bytes}: a file of this size is closed and another begun
 * @param maxOpenFiles {@code writer.max.open.files}: beyond it the least recently used is closed
 * @param bufferMaxBytes {@code buffer.max.bytes}: when the open files hold more than this in
 *     memory, the one that holds most is closed
 * @param rowGroupBytes size at which a row group leaves memory for the file
 */
public record FileOptions(
    CompressionCodecName codec,
    long targetBytes,
    int maxOpenFiles,
    long bufferMaxBytes,
    long rowGroupBytes) {

  private static final long DEFAULT_BYTES = 128L << 20;

  public FileOptions {
    if (targetBytes < 1 || maxOpenFiles < 1 || bufferMaxBytes < 1 || rowGroupBytes < 1) {
      throw new IllegalArgumentException("sizes and counts must be positive");
    }
  }

  /** zstd, 128 MiB, 100 files, a quarter of the heap. */
  public static FileOptions defaults() {
    return new FileOptions(
        CompressionCodecName.ZSTD,
        DEFAULT_BYTES,
        100,
        Math.max(1, Runtime.getRuntime().maxMemory() / 4),
        DEFAULT_BYTES);
  }
}
