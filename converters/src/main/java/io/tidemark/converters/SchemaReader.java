package io.tidemark.converters;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;

/** The schema of an envelope, in the form of Connect's JsonConverter. */
final class SchemaReader {

  private final ValueReader values;

  /**
   * @param values reads defaults
   */
  SchemaReader(ValueReader values) {
    this.values = values;
  }

  /**
   * The schema at a token; null for the JSON null.
   *
   * @throws Misfit when it is not a schema
   */
  Schema read(JsonTokens tokens, int token) {
    if (tokens.kind(token) == Kind.NULL) {
      return null;
    }
    try {
      return built(tokens, token);
    } catch (DataException e) {
      // Of a builder: names or defaults that it does not take. Its message may quote a default.
      throw new Misfit("Connect does not accept a name, parameter or default of it");
    }
  }

  private Schema built(JsonTokens tokens, int token) {
    SchemaBuilder builder = ofType(tokens, token);
    int optional = member(tokens, token, "optional");
    if (optional >= 0 && tokens.kind(optional) == Kind.TRUE) {
      builder.optional();
    } else {
      builder.required();
    }
    String name = text(tokens, token, "name");
    if (name != null) {
      builder.name(name);
    }
    int version = member(tokens, token, "version");
    if (version >= 0 && tokens.fitsLong(version)) {
      builder.version((int) tokens.longValue(version));
    }
    String doc = text(tokens, token, "doc");
    if (doc != null) {
      builder.doc(doc);
    }
    addParameters(builder, tokens, member(tokens, token, "parameters"));
    int fallback = member(tokens, token, "default");
    if (fallback >= 0) {
      builder.defaultValue(values.read(builder.build(), tokens, fallback));
    }
    return builder.build();
  }

  private SchemaBuilder ofType(JsonTokens tokens, int token) {
    String type = text(tokens, token, "type");
    if (type == null) {
      throw new Misfit("a schema has no type");
    }
    return switch (type) {
      case "boolean" -> SchemaBuilder.bool();
      case "int8" -> SchemaBuilder.int8();
      case "int16" -> SchemaBuilder.int16();
      case "int32" -> SchemaBuilder.int32();
      case "int64" -> SchemaBuilder.int64();
      case "float" -> SchemaBuilder.float32();
      case "double" -> SchemaBuilder.float64();
      case "bytes" -> SchemaBuilder.bytes();
      case "string" -> SchemaBuilder.string();
      case "array" -> SchemaBuilder.array(required(tokens, token, "items"));
      case "map" ->
          SchemaBuilder.map(required(tokens, token, "keys"), required(tokens, token, "values"));
      case "struct" -> struct(tokens, token);
      default -> throw new Misfit("a schema has an unknown type");
    };
  }

  private Schema required(JsonTokens tokens, int token, String part) {
    int found = member(tokens, token, part);
    Schema schema = found < 0 ? null : read(tokens, found);
    if (schema == null) {
      throw new Misfit("a schema of an array or a map lacks \"" + part + "\"");
    }
    return schema;
  }

  private SchemaBuilder struct(JsonTokens tokens, int token) {
    int fields = member(tokens, token, "fields");
    if (fields < 0 || tokens.kind(fields) != Kind.ARRAY) {
      throw new Misfit("a schema of a struct lacks \"fields\"");
    }
    SchemaBuilder builder = SchemaBuilder.struct();
    int field = fields + 1;
    for (int left = tokens.members(fields); left > 0; left--, field = tokens.after(field)) {
      String name = text(tokens, field, "field");
      if (name == null) {
        throw new Misfit("a field of a struct has no name");
      }
      Schema schema;
      try {
        schema = read(tokens, field);
      } catch (Misfit e) {
        throw e.inside(name);
      }
      builder.field(name, schema);
    }
    return builder;
  }

  private static void addParameters(SchemaBuilder builder, JsonTokens tokens, int token) {
    if (token < 0 || tokens.kind(token) != Kind.OBJECT) {
      return;
    }
    int name = token + 1;
    for (int left = tokens.members(token); left > 0; left--, name = tokens.after(name + 1)) {
      if (tokens.kind(name + 1) != Kind.STRING) {
        throw new Misfit("a parameter of a schema is not a string");
      }
      builder.parameter(tokens.text(name), tokens.text(name + 1));
    }
  }

  /** A member that is a string; null when it is not there, or not a string. */
  private static String text(JsonTokens tokens, int object, String name) {
    int found = member(tokens, object, name);
    return found >= 0 && tokens.kind(found) == Kind.STRING ? tokens.text(found) : null;
  }

  private static int member(JsonTokens tokens, int object, String name) {
    return tokens.kind(object) == Kind.OBJECT ? tokens.member(object, name) : -1;
  }
}
