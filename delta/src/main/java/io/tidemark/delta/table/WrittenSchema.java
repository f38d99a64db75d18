package io.tidemark.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.exceptions.KernelException;
import io.tidemark.delta.kernel.Definition;
import io.tidemark.delta.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema for which a data file was written, as text that is kept with the file until its
 * commit:
 *
 * <pre>
 *   {"id":"&lt;table id&gt;","partitionColumns":["day"],"schema":{"type":"struct","fields":[..]}}
 * </pre>
 *
 * The schema is that of the table, with physical names and field ids.
 */
record WrittenSchema(String id, TableSchema schema) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The text for files written for a version of a table. */
  static String text(TableVersion version) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", version.id());
    version.schema().partitionColumns().forEach(json.putArray("partitionColumns")::add);
    try {
      json.set("schema", JSON.readTree(version.schemaString()));
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Kernel has read this schema: " + version.schemaString(), e);
    }
  }

  /**
   * Reads {@link #text}.
   *
   * @param location location of the table, for errors
   * @throws IllegalArgumentException when the text has another form
   */
  static WrittenSchema parse(String location, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      List<String> partitionColumns = new ArrayList<>();
      json.path("partitionColumns").forEach(name -> partitionColumns.add(name.asText()));
      return new WrittenSchema(
          json.path("id").asText(),
          new TableSchema(
              KernelSchemas.fromKernel(
                  location, Definition.parse(JSON.writeValueAsString(json.path("schema")))),
              partitionColumns));
    } catch (JsonProcessingException | KernelException e) {
      throw new IllegalArgumentException("not a schema: " + e.getMessage(), e);
    }
  }
}
