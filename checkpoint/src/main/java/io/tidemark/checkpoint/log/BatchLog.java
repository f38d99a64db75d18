package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The plan of each batch, checksummed:
 *
 * <pre>
 *   v1
 *   {"batch":17,"writer":"9f..","timestampMs":1700000000000,
 *    "accepted":["00000-..-000003"],"rejected":[],"settled":[],"discarded":[],
 *    "frontier":{"orders":{"0":1500}},"tables":{"/data/orders":"&lt;table id&gt;"},
 *    "sessions":{"00000-..":{"accepted":3,"fencedBy":-1}}}
 *   crc32c 1a2b3c4d
 * </pre>
 *
 * With operators there are {@code operators} and {@code results} too, and {@code replaced} when a
 * deduplication drops rows; {@code writes} names the last batch of each table, and {@link
 * ContinuityJson} has the rest.
 */
public final class BatchLog extends NumberedLog<Batch> {

  private static final String REPLACED = "replaced";
  private static final String FILES = "files";

  BatchLog(Storage storage) {
    this(storage, "batches");
  }

  /** The same under another name. */
  BatchLog(Storage storage, String directory) {
    super(storage, directory);
  }

  @Override
  byte[] encode(Batch batch) {
    return content(batch);
  }

  /** The content of a plan's file. */
  static byte[] content(Batch batch) {
    ObjectNode json = Json.object();
    json.put("batch", batch.number());
    json.put("writer", batch.writer());
    json.put("timestampMs", batch.timestampMs());
    putIds(json, "accepted", batch.accepted());
    putIds(json, "rejected", batch.rejected());
    putIds(json, "settled", batch.settled());
    putIds(json, "discarded", batch.discarded());
    json.set("frontier", Json.byTopic(batch.frontier().ends(), LongNode::valueOf));
    json.set("tables", Json.strings((Map<String, String>) batch.tables()));
    ObjectNode sessions = json.putObject("sessions");
    batch
        .sessions()
        .forEach(
            (id, state) ->
                sessions
                    .putObject(id.toString())
                    .put("accepted", state.accepted())
                    .put("fencedBy", state.fencedBy()));
    if (!batch.operators().isEmpty()) {
      OperatorJson.putStates(json, batch.operators());
      DataFileJson.put(json, "results", batch.results());
    }
    if (!batch.replaced().isEmpty()) {
      DataFileJson.put(json.putObject(REPLACED), FILES, batch.replaced());
    }
    if (!batch.writes().isEmpty()) {
      ObjectNode writes = json.putObject("writes");
      batch.writes().forEach(writes::put);
    }
    ContinuityJson.put(json, batch.continuity());
    return ChecksummedJson.encode(json);
  }

  @Override
  Batch decode(long number, String file, byte[] content) {
    JsonNode json = ChecksummedJson.decode(file, content);
    if (Json.number(json, "batch") != number) {
      throw CheckpointErrors.damagedFile(
          file, "it holds batch " + Json.number(json, "batch"), null);
    }
    return new Batch(
        number,
        Json.text(json, "writer"),
        Json.number(json, "timestampMs"),
        new DecidedSegments(
            ids(json, "accepted"),
            ids(json, "rejected"),
            ids(json, "settled"),
            ids(json, "discarded")),
        new Frontier(Json.offsets(Json.required(json, "frontier"))),
        new WrittenTables(Json.strings(Json.required(json, "tables")), writes(json.path("writes"))),
        sessions(Json.required(json, "sessions")),
        new WindowStates(
            OperatorJson.states(json.path("operators")),
            DataFileJson.read(json, "results"),
            DataFileJson.read(json.path(REPLACED), FILES)),
        ContinuityJson.continuity(json));
  }

  private static SortedMap<String, Long> writes(JsonNode json) {
    SortedMap<String, Long> writes = new TreeMap<>();
    json.properties().forEach(table -> writes.put(table.getKey(), Json.number(table.getValue())));
    return writes;
  }

  private static SortedMap<SessionId, SessionState> sessions(JsonNode json) {
    SortedMap<SessionId, SessionState> sessions = new TreeMap<>();
    json.properties()
        .forEach(
            session ->
                sessions.put(
                    SessionId.parse(session.getKey()),
                    new SessionState(
                        Math.toIntExact(Json.number(session.getValue(), "accepted")),
                        Json.number(session.getValue(), "fencedBy"))));
    return sessions;
  }

  private static void putIds(ObjectNode json, String field, List<SegmentId> ids) {
    var array = json.putArray(field);
    ids.forEach(id -> array.add(id.toString()));
  }

  private static List<SegmentId> ids(JsonNode json, String field) {
    List<SegmentId> ids = new ArrayList<>();
    Json.required(json, field).forEach(id -> ids.add(SegmentId.parse(Json.text(id))));
    return ids;
  }
}
