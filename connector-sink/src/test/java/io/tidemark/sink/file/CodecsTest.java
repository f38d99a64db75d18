package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A codec that this process cannot load is an error before the first record. */
class CodecsTest {

  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "SNAPPY", "GZIP", "LZ4_RAW", "UNCOMPRESSED"})
  void acceptsWhatCompresses(CompressionCodecName codec) {
    assertThatCode(() -> Codecs.requireUsable(codec)).doesNotThrowAnyException();
  }

  /** As the JVM says it of a directory that is mounted without execution. */
  @Test
  void saysWhereALibraryIsUnpackedThatCannotBeLoaded() {
    assertThatThrownBy(
            () ->
                Codecs.requireUsable(
                    CompressionCodecName.ZSTD,
                    () -> {
                      throw new UnsatisfiedLinkError("failed to map segment from shared object");
                    }))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-247")
        .hasMessageContaining("zstd")
        .hasMessageContaining("java.io.tmpdir")
        .hasMessageContaining("failed to map segment");
  }

  @Test
  void leavesAProcessWithoutMemoryToItsFate() {
    assertThatThrownBy(
            () ->
                Codecs.requireUsable(
                    CompressionCodecName.ZSTD,
                    () -> {
                      throw new OutOfMemoryError("heap");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }
}
