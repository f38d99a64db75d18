package io.tidemark.converters;

import java.util.Locale;
import java.util.Map;

/**
 * A configuration of {@link JsonConverter}.
 *
 * @param what key, value or header, for messages
 * @param schemaContent null when each record has its schema
 */
record ConverterSettings(
    String what,
    boolean schemasEnabled,
    String schemaContent,
    int cachedSchemas,
    boolean exactDecimals,
    boolean numericDecimals,
    boolean isoTimestamps,
    boolean omitNulls,
    boolean replaceNulls) {

  private static final String TYPE = "converter.type";

  static ConverterSettings of(Map<String, ?> configs) {
    Map<String, Object> parsed = ConverterKeys.definition().parse(configs);
    return new ConverterSettings(
        (String) parsed.get(TYPE),
        (boolean) parsed.get(ConverterKeys.SCHEMAS_ENABLE),
        (String) parsed.get(ConverterKeys.SCHEMA_CONTENT),
        (int) parsed.get(ConverterKeys.SCHEMAS_CACHE_SIZE),
        parsed.get(ConverterKeys.DECIMAL_VALUES).equals("exact"),
        ((String) parsed.get(ConverterKeys.DECIMAL_FORMAT))
            .toUpperCase(Locale.ROOT)
            .equals("NUMERIC"),
        parsed.get(ConverterKeys.TIMESTAMP_FORMAT).equals("iso"),
        parsed.get(ConverterKeys.NULL_FIELDS).equals("omit"),
        (boolean) parsed.get(ConverterKeys.REPLACE_NULL_WITH_DEFAULT));
  }
}
