package io.tidemark.converters;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.connector.Version;
import io.tidemark.converters.json.JsonSyntaxException;
import io.tidemark.converters.json.TapeScratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;

/**
 * Connect's JsonConverter for any connector: the same keys, defaults and formats. It checks each
 * text in one pass and decodes only what is read of it; without schemas, objects and arrays are
 * {@link JsonObject}s and {@link JsonArray}s, which consumers that know them can read without
 * decoding. It refuses what Connect's converter alters without a word: numbers beyond 64 bits,
 * names that come twice, bytes that are not UTF-8, values that do not fit their schema.
 */
public final class JsonConverter implements Converter, HeaderConverter, Versioned {

  private static final String TYPE = "converter.type";
  private static final String SCHEMA = "schema";
  private static final String PAYLOAD = "payload";

  private final TapeScratch scratch = new TapeScratch();
  private final NameTable names = new NameTable();
  private ConverterSettings settings;
  private ValueReader reader;
  private SchemaCache schemas;
  private ValueWriter writer;
  private SchemaWriter schemaTexts;

  /** The schema of all records; null when each has its own. */
  private Schema content;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return ConverterKeys.definition();
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    Map<String, Object> typed = new HashMap<>(configs);
    typed.put(TYPE, isKey ? "key" : "value");
    configure(typed);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    settings = ConverterSettings.of(configs);
    reader = new ValueReader(settings.replaceNulls());
    schemas = new SchemaCache(new SchemaReader(reader), settings.cachedSchemas());
    writer = new ValueWriter(settings);
    schemaTexts = new SchemaWriter(writer, settings.cachedSchemas());
    content = content(settings.schemaContent());
  }

  private Schema content(String text) {
    if (text == null || text.isEmpty() || !settings.schemasEnabled()) {
      return null;
    }
    try {
      return schemas.schema(JsonTokens.of(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (JsonSyntaxException e) {
      throw new ConfigException(
          ConverterKeys.SCHEMA_CONTENT, text, "is not JSON: " + e.getMessage() + ".");
    } catch (Misfit e) {
      throw new ConfigException(
          ConverterKeys.SCHEMA_CONTENT, text, "is not a schema: " + e.problem() + ".");
    }
  }

  /**
   * A key or value; null and a text without bytes are tombstones.
   *
   * @throws org.apache.kafka.connect.errors.DataException when the text is not JSON (TM-800),
   *     beyond a limit (TM-801), or not what {@code schemas.enable=true} demands (TM-802 to TM-804)
   */
  @Override
  public SchemaAndValue toConnectData(String topic, byte[] text) {
    return read(topic, null, text);
  }

  @Override
  public SchemaAndValue toConnectHeader(String topic, String header, byte[] text) {
    return read(topic, header, text);
  }

  private SchemaAndValue read(String topic, String header, byte[] text) {
    if (text == null || text.length == 0) {
      return SchemaAndValue.NULL;
    }
    JsonTokens tokens;
    try {
      tokens = JsonTokens.of(text, scratch, settings.exactDecimals(), names);
    } catch (JsonSyntaxException e) {
      throw ConverterErrors.notJson(where(topic, header), e, text.length);
    }
    if (!settings.schemasEnabled()) {
      return new SchemaAndValue(null, tokens.value(0));
    }
    if (content != null) {
      return payload(topic, header, content, tokens, 0);
    }
    boolean envelope = tokens.kind(0) == Kind.OBJECT && tokens.members(0) == 2;
    int schema = envelope ? tokens.member(0, SCHEMA) : -1;
    int payload = envelope ? tokens.member(0, PAYLOAD) : -1;
    if (schema < 0 || payload < 0) {
      throw ConverterErrors.noEnvelope(where(topic, header));
    }
    return payload(topic, header, schema(topic, header, tokens, schema), tokens, payload);
  }

  private Schema schema(String topic, String header, JsonTokens tokens, int token) {
    try {
      return schemas.schema(tokens, token);
    } catch (Misfit e) {
      throw ConverterErrors.badSchema(where(topic, header), e);
    }
  }

  private SchemaAndValue payload(
      String topic, String header, Schema schema, JsonTokens tokens, int token) {
    try {
      return new SchemaAndValue(schema, reader.read(schema, tokens, token));
    } catch (Misfit e) {
      throw ConverterErrors.misfit(where(topic, header), e);
    }
  }

  /**
   * A key or value as JSON in UTF-8; null for null without schema.
   *
   * @throws org.apache.kafka.connect.errors.DataException when the value does not fit the schema,
   *     or has no form in JSON (TM-805)
   */
  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    return write(topic, null, schema, value);
  }

  @Override
  public byte[] fromConnectHeader(String topic, String header, Schema schema, Object value) {
    return write(topic, header, schema, value);
  }

  private byte[] write(String topic, String header, Schema schema, Object value) {
    if (schema == null && value == null) {
      return null;
    }
    try (JsonOutput output = new JsonOutput()) {
      if (settings.schemasEnabled()) {
        writeEnvelope(schema, value, output);
      } else {
        writer.write(schema, value, output);
      }
      return output.toBytes();
    } catch (Misfit e) {
      throw ConverterErrors.notWritable(where(topic, header), e);
    } catch (JsonProcessingException e) {
      throw ConverterErrors.notWritable(
          where(topic, header), new Misfit("it is nested too deeply"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeEnvelope(Schema schema, Object value, JsonOutput output) throws IOException {
    JsonGenerator generator = output.generator();
    generator.writeStartObject();
    generator.writeFieldName(SCHEMA);
    if (schema == null) {
      generator.writeNull();
    } else {
      byte[] text = schemaTexts.text(schema);
      output.copy(text, 0, text.length);
    }
    generator.writeFieldName(PAYLOAD);
    writer.write(schema, value, output);
    generator.writeEndObject();
  }

  /** For messages. */
  private String where(String topic, String header) {
    return (header == null ? "the " + settings.what() : "header " + header)
        + " of a record of topic "
        + topic;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
