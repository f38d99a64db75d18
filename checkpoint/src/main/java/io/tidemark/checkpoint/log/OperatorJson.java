package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Operators as segments and batches name them. */
final class OperatorJson {

  /** Marks a topic-partition that does not hold the watermark. */
  private static final String SILENT = "silent";

  private OperatorJson() {}

  static void putSegments(ObjectNode parent, Map<String, OperatorSegment> operators) {
    ObjectNode object = parent.putObject("operators");
    operators.forEach(
        (name, operator) -> {
          ObjectNode node = object.putObject(name);
          node.set("definition", Json.strings((Map<String, String>) operator.definition()));
          node.put("rows", operator.rows());
          node.put("lateRows", operator.lateRows());
          node.set("maxEventMs", Json.byTopic(operator.maxEventMs(), LongNode::valueOf));
          node.set("types", Json.strings((Map<String, String>) operator.types()));
          ArrayNode runs = node.putArray("runs");
          operator.runs().forEach(run -> put(runs.addObject(), run));
        });
  }

  static SortedMap<String, OperatorSegment> segments(JsonNode object) {
    SortedMap<String, OperatorSegment> operators = new TreeMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              JsonNode node = entry.getValue();
              operators.put(
                  entry.getKey(),
                  new OperatorSegment(
                      Json.strings(Json.required(node, "definition")),
                      Json.number(node, "rows"),
                      Json.number(node, "lateRows"),
                      Json.offsets(Json.required(node, "maxEventMs")),
                      Json.strings(Json.required(node, "types")),
                      runs(Json.required(node, "runs"))));
            });
    return operators;
  }

  static void putStates(ObjectNode parent, Map<String, OperatorState> operators) {
    ObjectNode object = parent.putObject("operators");
    operators.forEach(
        (name, state) -> {
          ObjectNode node = object.putObject(name);
          node.set("definition", Json.strings((Map<String, String>) state.definition()));
          state.watermarkMs().ifPresent(watermark -> node.put("watermarkMs", watermark));
          node.set("partitions", Json.byTopic(state.partitions(), OperatorJson::progress));
          node.set("types", Json.strings((Map<String, String>) state.types()));
          ArrayNode runs = node.putArray("runs");
          state.runs().forEach(live -> put(runs.addObject(), live));
          OperatorState.Counts counts = state.counts();
          node.putObject("counts")
              .put("rows", counts.rows())
              .put("partials", counts.partials())
              .put("closed", counts.closed())
              .put("lateRows", counts.lateRows());
        });
  }

  static SortedMap<String, OperatorState> states(JsonNode object) {
    SortedMap<String, OperatorState> operators = new TreeMap<>();
    object.properties().forEach(entry -> operators.put(entry.getKey(), state(entry.getValue())));
    return operators;
  }

  private static OperatorState state(JsonNode node) {
    SortedMap<TopicPartition, EventProgress> partitions = new TreeMap<>(Offsets.ORDER);
    Json.eachPartition(
        Json.required(node, "partitions"),
        (partition, progress) -> partitions.put(partition, progress(progress)));
    List<LiveRun> runs = new ArrayList<>();
    for (JsonNode live : Json.required(node, "runs")) {
      runs.add(new LiveRun(run(live), Json.number(live, "batch"), runs(live.path("builtFrom"))));
    }
    JsonNode counts = Json.required(node, "counts");
    return new OperatorState(
        Json.strings(Json.required(node, "definition")),
        node.has("watermarkMs")
            ? OptionalLong.of(Json.number(node, "watermarkMs"))
            : OptionalLong.empty(),
        partitions,
        Json.strings(Json.required(node, "types")),
        runs,
        new OperatorState.Counts(
            Json.number(counts, "rows"),
            Json.number(counts, "partials"),
            Json.number(counts, "closed"),
            Json.number(counts, "lateRows")));
  }

  private static JsonNode progress(EventProgress progress) {
    ArrayNode node = Json.MAPPER.createArrayNode();
    progress.maxEventMs().ifPresent(node::add);
    return progress.silent() ? node.add(SILENT) : node;
  }

  private static EventProgress progress(JsonNode node) {
    OptionalLong max =
        node.path(0).isNumber() ? OptionalLong.of(Json.number(node.get(0))) : OptionalLong.empty();
    return new EventProgress(max, SILENT.equals(node.path(max.isPresent() ? 1 : 0).asText()));
  }

  private static void put(ObjectNode node, LiveRun live) {
    put(node, live.run());
    node.put("batch", live.batch());
    if (!live.builtFrom().isEmpty()) {
      ArrayNode sources = node.putArray("builtFrom");
      live.builtFrom().forEach(run -> put(sources.addObject(), run));
    }
  }

  private static void put(ObjectNode node, Run run) {
    node.put("file", run.file());
    node.put("bytes", run.bytes());
    node.put("crc32c", String.format(Locale.ROOT, "%08x", run.crc()));
    node.put("partials", run.partials());
    node.put("minMicros", run.minMicros());
    node.put("maxMicros", run.maxMicros());
  }

  private static List<Run> runs(JsonNode array) {
    List<Run> runs = new ArrayList<>();
    array.forEach(node -> runs.add(run(node)));
    return runs;
  }

  private static Run run(JsonNode node) {
    return new Run(
        Json.text(node, "file"),
        Json.number(node, "bytes"),
        Integer.parseUnsignedInt(Json.text(node, "crc32c"), 16),
        Json.number(node, "partials"),
        Json.number(node, "minMicros"),
        Json.number(node, "maxMicros"));
  }
}
