package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Data files as segments and batches name them. */
final class DataFileJson {

  private DataFileJson() {}

  static void put(ObjectNode parent, String field, List<DataFile> files) {
    ArrayNode array = parent.putArray(field);
    for (DataFile file : files) {
      ObjectNode node = array.addObject();
      node.put("table", file.table());
      node.put("path", file.path());
      node.set("partitionValues", Json.strings(file.partitionValues()));
      node.put("bytes", file.bytes());
      node.put("modifiedMs", file.modifiedMs());
      node.put("rows", file.rows());
      node.put("statistics", file.statistics());
    }
  }

  static List<DataFile> read(JsonNode array) {
    List<DataFile> files = new ArrayList<>();
    for (JsonNode node : array) {
      files.add(
          new DataFile(
              Json.text(node, "table"),
              Json.text(node, "path"),
              Json.strings(Json.required(node, "partitionValues")),
              Json.number(node, "bytes"),
              Json.number(node, "modifiedMs"),
              Json.number(node, "rows"),
              Json.text(node, "statistics")));
    }
    return files;
  }
}
