package io.tidemark.converters;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.storage.ConverterConfig;

/** The keys of {@link JsonConverter}. Those that Connect's converter has keep its defaults. */
final class ConverterKeys {

  static final String SCHEMAS_ENABLE = "schemas.enable";
  static final String SCHEMA_CONTENT = "schema.content";
  static final String SCHEMAS_CACHE_SIZE = "schemas.cache.size";
  static final String DECIMAL_VALUES = "decimal.values";
  static final String DECIMAL_FORMAT = "decimal.format";
  static final String TIMESTAMP_FORMAT = "timestamp.format";
  static final String NULL_FIELDS = "null.fields";
  static final String REPLACE_NULL_WITH_DEFAULT = "replace.null.with.default";

  private static final int CACHED_SCHEMAS = 1000;
  private static final Rule BOOLEAN = Rule.any("true, false");
  private static final ConfigDef DEFINITION = define();

  private ConverterKeys() {}

  static ConfigDef definition() {
    return DEFINITION;
  }

  private static ConfigDef define() {
    ConfigDef keys = ConverterConfig.newConfigDef();
    new KeyGroup(keys, "Schemas")
        .add(
            SCHEMAS_ENABLE,
            ConfigDef.Type.BOOLEAN,
            true,
            BOOLEAN,
            Importance.HIGH,
            "Schemas enabled",
            """
            Whether each key and value is an object with `schema` and `payload`. Set it to `false`
            for plain JSON. The default is that of Connect's converter.""")
        .add(
            SCHEMA_CONTENT,
            ConfigDef.Type.STRING,
            null,
            Rule.any("a schema in JSON"),
            Importance.MEDIUM,
            "Schema content",
            """
            The schema of all keys or values, in the form of `schema`. With it they are read as the
            payload alone, so that records need not repeat it; they are still written with their
            schema. Without effect when `schemas.enable=false`.""")
        .add(
            SCHEMAS_CACHE_SIZE,
            ConfigDef.Type.INT,
            CACHED_SCHEMAS,
            Rule.atLeast(0),
            Importance.LOW,
            "Schema cache size",
            """
            How many schemas of each direction are kept in memory. A schema that is not kept is
            parsed again for each record.""");
    new KeyGroup(keys, "Reading")
        .add(
            DECIMAL_VALUES,
            ConfigDef.Type.STRING,
            "double",
            Rule.oneOf(List.of("double", "exact")),
            Importance.MEDIUM,
            "Decimal values",
            """
            What a number with a point or an exponent becomes when it has no schema. `double`, as in
            Connect's converter, keeps 15 to 17 digits; a number that is too large for it is an
            error. `exact` keeps all digits: a number that is not the shortest text of a double
            becomes a BigDecimal, which some transformations do not take.""");
    new KeyGroup(keys, "Writing")
        .add(
            DECIMAL_FORMAT,
            ConfigDef.Type.STRING,
            "BASE64",
            anyCase(List.of("BASE64", "NUMERIC")),
            Importance.LOW,
            "Decimal format",
            """
            How a Connect Decimal is written: `BASE64`, the bytes of its unscaled value, or `NUMERIC`,
            a number. Both are read, whatever is set here.""")
        .add(
            TIMESTAMP_FORMAT,
            ConfigDef.Type.STRING,
            "epoch",
            Rule.oneOf(List.of("epoch", "iso")),
            Importance.LOW,
            "Timestamp format",
            """
            How a Connect Timestamp is written: `epoch`, milliseconds since 1970, or `iso`, a text such
            as `2026-11-23T10:15:30.250Z`. Both are read, whatever is set here; Connect's converter
            reads only the first.""")
        .add(
            NULL_FIELDS,
            ConfigDef.Type.STRING,
            "keep",
            Rule.oneOf(List.of("keep", "omit")),
            Importance.LOW,
            "Null fields",
            """
            Whether fields of a Struct that are null are written as null or left out. Entries of maps
            are always written.""")
        .add(
            REPLACE_NULL_WITH_DEFAULT,
            ConfigDef.Type.BOOLEAN,
            true,
            BOOLEAN,
            Importance.LOW,
            "Replace null with default",
            "Whether null is read and written as the default of its schema, if it has one.");
    return keys;
  }

  private static Rule anyCase(List<String> words) {
    return Rule.of(
        "one of " + String.join(", ", words) + ", in any case",
        value ->
            words.contains(value.toString().toUpperCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", words)));
  }
}
