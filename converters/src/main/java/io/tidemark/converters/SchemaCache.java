package io.tidemark.converters;

import java.util.Arrays;
import org.apache.kafka.connect.data.Schema;

/**
 * Schemas by the bytes of their texts: the same bytes give the same object, which whatever follows
 * can compare at once. The last one is looked at first, because most topics have one schema.
 */
final class SchemaCache {

  private final SchemaReader reader;
  private final int most;
  private final RecentlyUsed<Text, Schema> schemas;
  private Text last;
  private Schema lastSchema;

  SchemaCache(SchemaReader reader, int most) {
    this.reader = reader;
    this.most = most;
    this.schemas = new RecentlyUsed<>(most);
  }

  /** As {@link SchemaReader#read}. */
  synchronized Schema schema(JsonTokens tokens, int token) {
    Text text = new Text(tokens.bytes(), tokens.start(token), tokens.end(token));
    if (most > 0 && text.equals(last)) {
      return lastSchema;
    }
    Schema known = schemas.get(text);
    if (known == null) {
      known = reader.read(tokens, token);
      text = text.copy();
      schemas.put(text, known);
    }
    last = text;
    lastSchema = known;
    return known;
  }

  synchronized int size() {
    return schemas.size();
  }

  /** A part of an array of bytes. */
  private static final class Text {

    private final byte[] bytes;
    private final int start;
    private final int end;

    Text(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.start = start;
      this.end = end;
    }

    Text copy() {
      return new Text(Arrays.copyOfRange(bytes, start, end), 0, end - start);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text text
          && Arrays.equals(bytes, start, end, text.bytes, text.start, text.end);
    }

    @Override
    public int hashCode() {
      int hash = 0;
      for (int i = start; i < end; i++) {
        hash = hash * 31 + bytes[i];
      }
      return hash;
    }
  }
}
