package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.common.DataFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Data files as segments and batches name them. Files of one schema share its text:
 *
 * <pre>
 *   "files":[{"table":"/data/orders",..,"schema":0},..],"schemas":["{\"id\":..}"]
 * </pre>
 */
final class DataFileJson {

  private static final String SCHEMAS = "schemas";

  private DataFileJson() {}

  static void put(ObjectNode parent, String field, List<DataFile> files) {
    ArrayNode array = parent.putArray(field);
    List<String> schemas = files.stream().map(DataFile::schema).distinct().toList();
    for (DataFile file : files) {
      ObjectNode node = array.addObject();
      node.put("table", file.table());
      node.put("path", file.path());
      node.set("partitionValues", Json.strings(file.partitionValues()));
      node.put("bytes", file.bytes());
      node.put("modifiedMs", file.modifiedMs());
      node.put("rows", file.rows());
      node.put("statistics", file.statistics());
      node.put("schema", schemas.indexOf(file.schema()));
    }
    if (!schemas.isEmpty()) {
      ArrayNode texts = parent.putArray(SCHEMAS);
      schemas.forEach(texts::add);
    }
  }

  /** The files in a field of an entry; none when there is no such field. */
  static List<DataFile> read(JsonNode parent, String field) {
    List<String> schemas = new ArrayList<>();
    parent.path(SCHEMAS).forEach(text -> schemas.add(text.asText()));
    List<DataFile> files = new ArrayList<>();
    for (JsonNode node : parent.path(field)) {
      files.add(
          new DataFile(
              Json.text(node, "table"),
              Json.text(node, "path"),
              Json.strings(Json.required(node, "partitionValues")),
              Json.number(node, "bytes"),
              Json.number(node, "modifiedMs"),
              Json.number(node, "rows"),
              Json.text(node, "statistics"),
              node.has("schema") ? schemas.get((int) Json.number(node, "schema")) : ""));
    }
    return files;
  }
}
