package io.tidemark.sink.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.common.DataFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What one batch did, in the words of Spark's {@code StreamingQueryProgress}.
 *
 * @param before the previous batch, {@link Batch#NONE} for none
 * @param inputRows offsets that it has passed, of all partitions
 * @param output its data files
 * @param planMs how long it took to plan it, the closing of windows included
 * @param commitMs how long it took to commit it to all tables
 * @param nowMs when it was committed, epoch milliseconds
 */
public record Progress(
    Batch batch,
    Batch before,
    long inputRows,
    Output output,
    long planMs,
    long commitMs,
    long nowMs) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Number of offsets that a batch has committed. A new partition counts as far as its segments are
   * known; a partition whose end was reset counts 0.
   */
  static long inputRows(Batch batch, Batch before, Map<SegmentId, Segment> known) {
    long rows = 0;
    Map<TopicPartition, OffsetResets.Reset> resets = batch.continuity().resets().ends();
    for (Map.Entry<TopicPartition, Long> end : batch.frontier().ends().entrySet()) {
      if (resets.containsKey(end.getKey())) {
        continue;
      }
      long from =
          batch.accepted().stream()
              .map(known::get)
              .filter(segment -> segment != null && segment.ranges().containsKey(end.getKey()))
              .mapToLong(segment -> segment.ranges().get(end.getKey()).from())
              .min()
              .orElse(end.getValue());
      rows += end.getValue() - before.frontier().end(end.getKey()).orElse(from);
    }
    return rows;
  }

  /**
   * The data files of a batch.
   *
   * @param versions table versions that name them
   */
  public record Output(long rows, long files, long bytes, long versions) {

    /** Of a batch, as far as its segments are known. */
    static Output of(Batch batch, Map<SegmentId, Segment> known) {
      List<DataFile> files = new ArrayList<>(batch.results());
      for (SegmentId id : batch.accepted()) {
        Segment segment = known.get(id);
        if (segment != null) {
          files.addAll(segment.files());
        }
      }
      files.removeAll(batch.replaced());
      return new Output(
          files.stream().mapToLong(DataFile::rows).sum(),
          files.size(),
          files.stream().mapToLong(DataFile::bytes).sum(),
          files.stream().map(DataFile::table).distinct().count());
    }
  }

  /**
   * One line of JSON.
   *
   * @param name of the connector
   * @param id of the query
   */
  public String json(String name, String id) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", id);
    json.put("runId", batch.writer());
    json.put("name", name);
    json.put("timestamp", Instant.ofEpochMilli(nowMs).toString());
    json.put("batchId", batch.number());
    json.put("numInputRows", inputRows);
    long batchMs = before.number() < 0 ? 0 : batch.timestampMs() - before.timestampMs();
    json.put("inputRowsPerSecond", perSecond(inputRows, batchMs));
    json.put("processedRowsPerSecond", perSecond(inputRows, planMs + commitMs));
    json.putObject("durationMs")
        .put("queryPlanning", planMs)
        .put("addBatch", commitMs)
        .put("triggerExecution", planMs + commitMs);
    ObjectNode eventTime = json.putObject("eventTime");
    if (batch.watermarkMs() != 0) {
      eventTime.put("watermark", Instant.ofEpochMilli(batch.watermarkMs()).toString());
    }
    ArrayNode operators = json.putArray("stateOperators");
    batch.operators().forEach((operator, state) -> put(operators.addObject(), operator, state));
    ObjectNode source = json.putArray("sources").addObject();
    source.put("description", "Kafka");
    source.set("startOffset", offsets(before.frontier()));
    source.set("endOffset", offsets(batch.frontier()));
    source.put("numInputRows", inputRows);
    json.putObject("sink")
        .put("description", "Delta" + batch.tables().keySet())
        .put("numOutputRows", output.rows());
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void put(ObjectNode json, String operator, OperatorState state) {
    json.put("operatorName", operator);
    json.put("numRowsTotal", state.partials());
    json.put("numRowsUpdated", state.counts().partials());
    json.put("numRowsRemoved", state.counts().closed());
    json.put("numRowsDroppedByWatermark", state.counts().lateRows());
    json.put("memoryUsedBytes", state.bytes());
    json.putObject("customMetrics")
        .put("inputRows", state.counts().rows())
        .put("liveRuns", state.runs().size());
  }

  private static ObjectNode offsets(Frontier frontier) {
    ObjectNode topics = MAPPER.createObjectNode();
    for (Map.Entry<TopicPartition, Long> end : frontier.ends().entrySet()) {
      topics
          .withObjectProperty(end.getKey().topic())
          .put(String.valueOf(end.getKey().partition()), end.getValue());
    }
    return topics;
  }

  private static double perSecond(long rows, long ms) {
    return ms <= 0 ? 0 : rows * 1000.0 / ms;
  }
}
