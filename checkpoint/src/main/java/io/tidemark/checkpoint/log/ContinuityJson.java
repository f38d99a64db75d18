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
 * The provenance of offsets in segments and plans. A field without content is left out:
 *
 * <pre>
 *   "after":16,
 *   "origin":{"clusterId":"5L6g..","topicIds":{"orders":"Qx1.."}},
 *   "lost":{"orders":{"0":[[1000,1200]]}},
 *   "resets":{"id":"..","cause":"..","ends":{"orders":{"0":{"from":1500,"to":0}}}},
 *   "resetBy":12,
 *   "pastResets":[{"batch":7,"cause":"..","ends":{"orders":{"0":0,"1":null}}}]
 * </pre>
 */
final class ContinuityJson {

  private ContinuityJson() {}

  static void put(ObjectNode json, Provenance provenance) {
    if (provenance.after() >= 0) {
      json.put("after", provenance.after());
    }
    putOrigin(json, provenance.origin());
    putLost(json, provenance.lost());
  }

  static Provenance provenance(JsonNode json) {
    return new Provenance(
        numberOr(json, "after"), origin(json.path("origin")), lost(json.path("lost")));
  }

  static void put(ObjectNode json, Continuity continuity) {
    putOrigin(json, continuity.origin());
    putLost(json, continuity.lost());
    OffsetResets resets = continuity.resets();
    if (!resets.isNone()) {
      ObjectNode node = json.putObject("resets");
      node.put("id", resets.id());
      node.put("cause", resets.cause());
      node.set("ends", Json.byTopic(resets.ends(), ContinuityJson::reset));
    }
    if (continuity.resetBy() >= 0) {
      json.put("resetBy", continuity.resetBy());
    }
    if (!continuity.pastResets().isNone()) {
      json.set("pastResets", reset(continuity.pastResets()));
    }
  }

  static Continuity continuity(JsonNode json) {
    return new Continuity(
        origin(json.path("origin")),
        lost(json.path("lost")),
        resets(json.path("resets")),
        numberOr(json, "resetBy"),
        reset(json.path("pastResets")));
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

  private static JsonNode reset(OffsetResets.Reset reset) {
    ObjectNode node = Json.object();
    reset.from().ifPresent(from -> node.put("from", from));
    reset.to().ifPresent(to -> node.put("to", to));
    return node;
  }

  private static OffsetResets resets(JsonNode node) {
    if (node.isMissingNode()) {
      return OffsetResets.NONE;
    }
    SortedMap<TopicPartition, OffsetResets.Reset> ends = new TreeMap<>(Offsets.ORDER);
    Json.eachPartition(
        Json.required(node, "ends"),
        (partition, reset) ->
            ends.put(
                partition, new OffsetResets.Reset(offset(reset, "from"), offset(reset, "to"))));
    return new OffsetResets(Json.text(node, "id"), Json.text(node, "cause"), ends);
  }

  /** Grouped by batch: all resets of one request have one cause. */
  static ArrayNode reset(PastResets resets) {
    SortedMap<Long, SortedMap<TopicPartition, PastReset>> byBatch = new TreeMap<>();
    resets
        .ends()
        .forEach(
            (partition, reset) ->
                byBatch
                    .computeIfAbsent(reset.batch(), any -> new TreeMap<>(Offsets.ORDER))
                    .put(partition, reset));
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

  private static JsonNode end(PastReset reset) {
    return reset.to().isPresent()
        ? LongNode.valueOf(reset.to().getAsLong())
        : NullNode.getInstance();
  }

  static PastResets reset(JsonNode nodes) {
    SortedMap<TopicPartition, PastReset> reset = new TreeMap<>(Offsets.ORDER);
    for (JsonNode node : nodes) {
      long batch = Json.number(node, "batch");
      String cause = Json.text(node, "cause");
      Json.eachPartition(
          Json.required(node, "ends"),
          (partition, to) ->
              reset.put(
                  partition,
                  new PastReset(
                      batch,
                      cause,
                      to.isNull() ? OptionalLong.empty() : OptionalLong.of(Json.number(to)))));
    }
    return new PastResets(reset);
  }

  private static long numberOr(JsonNode json, String field) {
    return json.has(field) ? Json.number(json, field) : -1;
  }

  private static OptionalLong offset(JsonNode reset, String field) {
    return reset.has(field) ? OptionalLong.of(Json.number(reset, field)) : OptionalLong.empty();
  }
}
