package io.tidemark.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the {@code commitInfo} of one commit tells beyond what Kernel writes by itself. It travels
 * to {@link CommitInfoCommitter} in the place of Kernel's committer properties.
 *
 * @param operation as Spark names it, for {@code DESCRIBE HISTORY}
 * @param parameters as Spark spells them: values are JSON texts where Spark's are
 * @param metrics names as Spark's, numbers as text
 * @param userMetadata free text
 * @param tags for those who know their names
 * @param attempt unique to the call that commits: tells our own commit from another driver's when
 *     the storage's answer was lost
 */
record CommitDescription(
    String operation,
    Map<String, String> parameters,
    Map<String, String> metrics,
    Optional<String> userMetadata,
    Map<String, String> tags,
    String attempt)
    implements Supplier<Map<String, String>> {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an append, as Spark's streaming sink describes its batches. */
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

  /** Of new columns. */
  static CommitDescription of(List<SchemaGrowth.Added> columns) {
    List<Map<String, Object>> described =
        columns.stream().map(CommitDescription::describe).toList();
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

  /** Nothing: Kernel hands this object through and needs none of it. */
  @Override
  public Map<String, String> get() {
    return Map.of();
  }
}
