package io.tidemark.converters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON text that is being written, by Jackson's generator into memory that Jackson keeps for
 * the next text. Texts that are JSON already are copied into it.
 */
final class JsonOutput implements AutoCloseable {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler());
  private final JsonGenerator generator;

  JsonOutput() {
    try {
      generator = FACTORY.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonGenerator generator() {
    return generator;
  }

  /** Writes a value that is JSON already. */
  void copy(byte[] text, int start, int end) throws IOException {
    // Writes the comma or colon in front of the value.
    generator.writeRawValue("");
    generator.flush();
    bytes.write(text, start, end - start);
  }

  /** The whole text. */
  byte[] toBytes() throws IOException {
    generator.close();
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    bytes.release();
  }
}
