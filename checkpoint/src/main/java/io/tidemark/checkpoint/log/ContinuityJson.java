package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where offsets come from, in segments and plans. Every field is left out when it has nothing to
 * say:
 *
 * <pre>
 *   "behind":16,
 *   "origin":{"clusterId":"5L6g..","topicIds":{"orders":"Qx1.."}},
 *   "lost":{"orders":{"0":[[1000,1200]]}},
 *   "moves":{"id":"..","cause":"..","ends":{"orders":{"0":{"from":1500,"to":0}}}},
 *   "movedBy":12,
 *   "moved":[{"batch":7,"cause":"..","ends":{"orders":{"0":0,"1":null}}}]
 * </pre>
 */
final class ContinuityJson {

  private ContinuityJson() {}

  static void put(ObjectNode json, Provenance provenance) {
    if (provenance.behind() >= 0) {
      json.put("behind", provenance.behind());
    }
    putOrigin(json, provenance.origin());
    putLost(json, provenance.lost());
  }

  static Provenance provenance(JsonNode json) {
    return new Provenance(
        numberOr(json, "behind"), origin(json.path("origin")), lost(json.path("lost")));
  }

  static void put(ObjectNode json, Continuity continuity) {
    putOrigin(json, continuity.origin());
    putLost(json, continuity.lost());
    Moves moves = continuity.moves();
    if (!moves.isNone()) {
      ObjectNode node = json.putObject("moves");
      node.put("id", moves.id());
      node.put("cause", moves.cause());
      node.set("ends", Json.byTopic(moves.ends(), ContinuityJson::move));
    }
    if (continuity.movedBy() >= 0) {
      json.put("movedBy", continuity.movedBy());
    }
    if (!continuity.moved().isNone()) {
      json.set("moved", moved(continuity.moved()));
    }
  }

  static Continuity continuity(JsonNode json) {
    return new Continuity(
        origin(json.path("origin")),
        lost(json.path("lost")),
        moves(json.path("moves")),
        numberOr(json, "movedBy"),
        moved(json.path("moved")));
  }

  private static void putOrigin(ObjectNode json, Origin origin) {
    if (!origin.isUnknown()) {
      ObjectNode node = json.putObject("origin");
      origin.clusterId().ifPresent(id -> node.put("clusterId", id));
      node.set("topicIds", Json.strings(origin.topicIds()));
    }
  }

  private static Origin origin(JsonNode node) {
    return node.isMissingNode()
        ? Origin.UNKNOWN
        : new Origin(
            node.has("clusterId") ? Optional.of(Json.text(node, "clusterId")) : Optional.empty(),
            Json.strings(Json.required(node, "topicIds")));
  }

  private static void putLost(ObjectNode json, SortedMap<TopicPartition, List<OffsetRange>> lost) {
    if (!lost.isEmpty()) {
      json.set("lost", Json.byTopic(lost, ContinuityJson::ranges));
    }
  }

  private static JsonNode ranges(List<OffsetRange> ranges) {
    ArrayNode node = Json.MAPPER.createArrayNode();
    ranges.forEach(range -> node.addArray().add(range.from()).add(range.to()));
    return node;
  }

  private static SortedMap<TopicPartition, List<OffsetRange>> lost(JsonNode topics) {
    SortedMap<TopicPartition, List<OffsetRange>> lost = new TreeMap<>(Offsets.ORDER);
    Json.eachPartition(
        topics,
        (partition, node) -> {
          List<OffsetRange> ranges = new ArrayList<>();
          node.forEach(
              range ->
                  ranges.add(
                      new OffsetRange(Json.number(range.path(0)), Json.number(range.path(1)))));
          lost.put(partition, List.copyOf(ranges));
        });
    return lost;
  }

  private static JsonNode move(Moves.Move move) {
    ObjectNode node = Json.object();
    move.from().ifPresent(from -> node.put("from", from));
    move.to().ifPresent(to -> node.put("to", to));
    return node;
  }

  private static Moves moves(JsonNode node) {
    if (node.isMissingNode()) {
      return Moves.NONE;
    }
    SortedMap<TopicPartition, Moves.Move> ends = new TreeMap<>(Offsets.ORDER);
    Json.eachPartition(
        Json.required(node, "ends"),
        (partition, move) ->
            ends.put(partition, new Moves.Move(offset(move, "from"), offset(move, "to"))));
    return new Moves(Json.text(node, "id"), Json.text(node, "cause"), ends);
  }

  /** By batch, since what one request moved has one cause. */
  static ArrayNode moved(PastMoves moves) {
    SortedMap<Long, SortedMap<TopicPartition, PastMove>> byBatch = new TreeMap<>();
    moves
        .ends()
        .forEach(
            (partition, move) ->
                byBatch
                    .computeIfAbsent(move.batch(), any -> new TreeMap<>(Offsets.ORDER))
                    .put(partition, move));
    ArrayNode nodes = Json.MAPPER.createArrayNode();
    byBatch.forEach(
        (batch, ends) -> {
          ObjectNode node = nodes.addObject();
          node.put("batch", batch);
          node.put("cause", ends.get(ends.firstKey()).cause());
          node.set("ends", Json.byTopic(ends, ContinuityJson::end));
        });
    return nodes;
  }

  private static JsonNode end(PastMove move) {
    return move.to().isPresent() ? LongNode.valueOf(move.to().getAsLong()) : NullNode.getInstance();
  }

  static PastMoves moved(JsonNode nodes) {
    SortedMap<TopicPartition, PastMove> moved = new TreeMap<>(Offsets.ORDER);
    for (JsonNode node : nodes) {
      long batch = Json.number(node, "batch");
      String cause = Json.text(node, "cause");
      Json.eachPartition(
          Json.required(node, "ends"),
          (partition, to) ->
              moved.put(
                  partition,
                  new PastMove(
                      batch,
                      cause,
                      to.isNull() ? OptionalLong.empty() : OptionalLong.of(Json.number(to)))));
    }
    return new PastMoves(moved);
  }

  private static long numberOr(JsonNode json, String field) {
    return json.has(field) ? Json.number(json, field) : -1;
  }

  private static OptionalLong offset(JsonNode move, String field) {
    return move.has(field) ? OptionalLong.of(Json.number(move, field)) : OptionalLong.empty();
  }
}
