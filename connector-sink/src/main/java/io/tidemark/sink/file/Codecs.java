package io.tidemark.sink.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Whether codecs work in this process. Those of native libraries do not where {@code
 * java.io.tmpdir} forbids execution, and the first data file is late to learn of it: Java then
 * reports a class that is not found, without the reason.
 */
final class Codecs {

  private static final byte[] SOME = new byte[64];

  private Codecs() {}

  /** Compresses a few bytes. */
  static void requireUsable(CompressionCodecName codec) {
    requireUsable(codec, () -> compress(codec));
  }

  static void requireUsable(CompressionCodecName codec, Runnable use) {
    try {
      use.run();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw PlaceErrors.withoutCodec(codec.name().toLowerCase(java.util.Locale.ROOT), e);
    }
  }

  private static void compress(CompressionCodecName codec) {
    CodecFactory factory = new CodecFactory(new Configuration(false), SOME.length);
    try {
      factory.getCompressor(codec).compress(BytesInput.from(SOME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      factory.release();
    }
  }
}
