package io.tidemark.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.delta.kernel.CommitDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Describes our commits with the names that Spark uses. */
final class CommitDescriptions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CommitDescriptions() {}

  /** Describes an append as Spark's streaming sink describes its batches. */
  static CommitDescription of(Append append) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("outputMode", "Append");
    parameters.put("queryId", append.appId());
    parameters.put("epochId", Long.toString(append.batch()));
    Map<String, String> metrics = new LinkedHashMap<>();
    metrics.put("numRemovedFiles", "0");
    metrics.put("numOutputRows", Long.toString(append.rows()));
    metrics.put("numOutputBytes", Long.toString(append.bytes()));
    metrics.put("numAddedFiles", Integer.toString(append.files().size()));
    Optional<String> offsets =
        append.offsets().isEmpty()
            ? Optional.empty()
            : Optional.of(json(new TreeMap<>(append.offsets())));
    return new CommitDescription(
        "STREAMING UPDATE",
        parameters,
        metrics,
        offsets,
        append.tags(),
        UUID.randomUUID().toString());
  }

  /** Describes a commit that adds columns. */
  static CommitDescription of(List<SchemaGrowth.Added> columns) {
    List<Map<String, Object>> described =
        columns.stream().map(CommitDescriptions::describe).toList();
    return new CommitDescription(
        "ADD COLUMNS",
        Map.of("columns", json(described)),
        Map.of(),
        Optional.empty(),
        Map.of(),
        UUID.randomUUID().toString());
  }

  private static Map<String, Object> describe(SchemaGrowth.Added added) {
    Map<String, Object> column = new LinkedHashMap<>();
    column.put("name", added.path());
    column.put("type", added.type().toString());
    column.put("nullable", true);
    column.put("metadata", Map.of());
    return Map.of("column", column);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + value.getClass(), e);
    }
  }
}
