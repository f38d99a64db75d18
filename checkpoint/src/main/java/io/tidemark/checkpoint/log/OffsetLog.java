package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each batch is going to be, in Spark's {@code OffsetSeqLog} format, no newline at the end:
 *
 * <pre>
 *   v1
 *   {"batchWatermarkMs":0,"batchTimestampMs":1700000000000,
 *    "conf":{"spark.sql.shuffle.partitions":"200","tidemark.plan":"17-9f1c2a9b.."}}
 *   {"orders":{"0":1500,"1":1498}}
 * </pre>
 *
 * {@code tidemark.plan} is the mark of the plan that the entry follows from. Spark reads over it,
 * and its own entries have none.
 */
public final class OffsetLog extends NumberedLog<OffsetLog.Entry> {

  /** Spark 4.2 reads an entry without commit only if this is there, and as in the entry before. */
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  private static final String DEFAULT_SHUFFLE_PARTITIONS = "200";

  private static final String PLAN = "tidemark.plan";

  /**
   * An entry.
   *
   * @param watermarkMs event time below which batch's windows close, epoch milliseconds; 0 is none
   * @param timestampMs when the batch was planned, epoch milliseconds
   * @param conf settings that Spark freezes in the log
   * @param frontier END offsets, exclusive
   */
  public record Entry(
      long watermarkMs, long timestampMs, SortedMap<String, String> conf, Frontier frontier) {
    public Entry {
      conf = Collections.unmodifiableSortedMap(new TreeMap<>(conf));
    }

    /**
     * The entry of a batch, marked as ours.
     *
     * @param before settings of the entry before, which go on
     */
    public static Entry of(Batch batch, Map<String, String> before) {
      SortedMap<String, String> conf = new TreeMap<>(before);
      conf.putIfAbsent(SHUFFLE_PARTITIONS, DEFAULT_SHUFFLE_PARTITIONS);
      conf.put(PLAN, PlanMark.of(batch).text());
      return new Entry(batch.watermarkMs(), batch.timestampMs(), conf, batch.frontier());
    }

    /** The mark of the plan that the entry follows from; empty when Spark made the entry. */
    public Optional<PlanMark> plan() {
      return Optional.ofNullable(conf.get(PLAN)).map(PlanMark::new);
    }
  }

  OffsetLog(Storage storage) {
    super(storage, "offsets");
  }

  @Override
  byte[] encode(Entry entry) {
    ObjectNode metadata = Json.object();
    metadata.put("batchWatermarkMs", entry.watermarkMs());
    metadata.put("batchTimestampMs", entry.timestampMs());
    metadata.set("conf", Json.strings((Map<String, String>) entry.conf()));
    return SparkText.encode(
        Json.text(metadata), Json.text(Json.byTopic(entry.frontier().ends(), LongNode::valueOf)));
  }

  @Override
  Entry decode(String file, byte[] content) throws IOException {
    String[] lines = SparkText.decode(file, content);
    if (lines.length > 2) {
      throw CheckpointErrors.foreignSource(file, "it names " + (lines.length - 1) + " sources");
    }
    if (lines.length < 2) {
      throw CheckpointErrors.damagedFile(
          file, "expected one line of metadata and one source, found one line", null);
    }
    JsonNode metadata = Json.MAPPER.readTree(lines[0].getBytes(StandardCharsets.UTF_8));
    return new Entry(
        Json.required(metadata, "batchWatermarkMs").longValue(),
        Json.required(metadata, "batchTimestampMs").longValue(),
        Json.strings(Json.required(metadata, "conf")),
        frontier(file, Json.MAPPER.readTree(lines[1])));
  }

  private static Frontier frontier(String file, JsonNode source) {
    boolean ofKafka =
        source.isObject()
            && source.properties().stream().allMatch(topic -> topic.getValue().isObject());
    if (!ofKafka) {
      throw CheckpointErrors.foreignSource(file, "its source is not Kafka");
    }
    return new Frontier(Json.offsets(source));
  }
}
