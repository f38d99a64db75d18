package io.tidemark.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The JSON text of a schema: finds the column with a type that Kernel cannot read. */
public final class SchemaText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KNOWN =
      Arrays.stream(Primitive.values()).map(Primitive::toString).collect(Collectors.toSet());

  private SchemaText() {}

  /** Path and type of the first column with a type that we do not know. */
  public static Optional<Map.Entry<String, String>> unknownType(String schemaString) {
    try {
      return unknownType("", JSON.readTree(schemaString));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Map.Entry<String, String>> unknownType(String path, JsonNode type) {
    if (type.isMissingNode()) {
      return Optional.empty();
    }
    if (type.isTextual()) {
      String name = type.asText();
      return KNOWN.contains(name) || name.startsWith("decimal")
          ? Optional.empty()
          : Optional.of(Map.entry(path, name));
    }
    for (JsonNode field : type.path("fields")) {
      String fieldPath = KernelSchemas.join(path, field.path("name").asText());
      Optional<Map.Entry<String, String>> unknown = unknownType(fieldPath, field.path("type"));
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    return unknownType(path + ".element", type.path("elementType"))
        .or(() -> unknownType(path + ".key", type.path("keyType")))
        .or(() -> unknownType(path + ".value", type.path("valueType")));
  }
}
