package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The planned end offsets of each batch, in Spark's {@code OffsetSeqLog} format, no newline at the
 * end:
 *
 * <pre>
 *   v1
 *   {"batchWatermarkMs":0,"batchTimestampMs":1700000000000,
 *    "conf":{"spark.sql.shuffle.partitions":"200","tidemark.plan":"17-9f1c2a9b.."}}
 *   {"orders":{"0":1500,"1":1498}}
 * </pre>
 *
 * {@code tidemark.plan} is the mark of the plan that the entry follows from. Spark ignores it, and
 * its own entries have no mark.
 */
public final class OffsetLog extends NumberedLog<OffsetLog.Entry> {

  /**
   * Spark 4.2 reads an entry without a commit only if this key has its value of the previous entry.
   */
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  private static final String DEFAULT_SHUFFLE_PARTITIONS = "200";

  private static final String PLAN = "tidemark.plan";

  /** Spark's placeholder for a source without offsets. */
  private static final String NO_OFFSET = "-";

  /**
   * An entry.
   *
   * @param watermarkMs event time up to which the batch closes windows, epoch milliseconds; 0 for
   *     none
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
     * @param before settings of the previous entry, which are carried over
     */
    public static Entry of(Batch batch, Map<String, String> before) {
      SortedMap<String, String> conf = new TreeMap<>(before);
      conf.putIfAbsent(SHUFFLE_PARTITIONS, DEFAULT_SHUFFLE_PARTITIONS);
      conf.put(PLAN, PlanMark.of(batch).text());
      return new Entry(batch.watermarkMs(), batch.timestampMs(), conf, batch.frontier());
    }

    /** Whether a Spark query made the entry. */
    public boolean isOfSpark() {
      return plan().isEmpty();
    }

    /**
     * Whether the plan may be carried out under this entry: the entry carries the plan's mark, or
     * it is Spark's and has the same end offsets.
     */
    public boolean agreesWith(Batch batch) {
      return isOfSpark() ? frontier.equals(batch.frontier()) : equals(of(batch, conf));
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
        Json.line(metadata), Json.line(Json.byTopic(entry.frontier().ends(), LongNode::valueOf)));
  }

  @Override
  Entry decode(long number, String file, byte[] content) throws IOException {
    String[] lines = SparkText.decode(file, content);
    if (lines.length > 2) {
      throw CheckpointErrors.foreignSource(file, "it names " + (lines.length - 1) + " sources");
    }
    if (lines.length < 2) {
      throw CheckpointErrors.damagedFile(
          file, "expected one line of metadata and one source, found one line", null);
    }
    if (lines[1].equals(NO_OFFSET)) {
      throw CheckpointErrors.foreignSource(file, "its source has no offset yet");
    }
    JsonNode metadata = Json.MAPPER.readTree(lines[0]);
    Entry entry =
        new Entry(
            Json.number(metadata, "batchWatermarkMs"),
            Json.number(metadata, "batchTimestampMs"),
            Json.strings(Json.required(metadata, "conf")),
            frontier(file, Json.MAPPER.readTree(lines[1])));
    if (entry.plan().filter(mark -> mark.number() != number).isPresent()) {
      throw CheckpointErrors.damagedFile(
          file, "it is the entry of another batch, " + entry.plan().get().number(), null);
    }
    return entry;
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
