package io.tidemark.simulation;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.storage.Storage;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregates;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.EventTime;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RocksRunStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The windowed aggregate of a world, if it has one, and the content of its records. Event time
 * follows the offset with noise, so that records are out of order and some of them late. It is in
 * half seconds, so that topics have equal times.
 *
 * @param seed decides the content of every record
 * @param aggregation empty in a world without windows
 * @param forwarded whether records of windowed topics go to their tables too
 * @param topics how many topics are windowed, from the first
 * @param rocks whether runs are RocksDB's files, as shipped, or plain ones, which take less time
 */
record Windowing(
    long seed,
    Optional<Aggregation> aggregation,
    boolean forwarded,
    int topics,
    long bufferBytes,
    boolean rocks) {

  static final String OPERATOR = "totals";
  static final String TOPIC = "windows";

  private static final long STEP_MS = 1_000;
  private static final int GROUPS = 3;

  /** The share of worlds with windows that use RocksDB's files. */
  private static final double ROCKS = 0.25;

  /** The share of worlds without windows that drop duplicates. */
  private static final double DISTINCT = 0.4;

  /** How many offsets lie between records of one key, at most. */
  private static final int NEAR = 6;

  /** What the operator reads of a record. */
  record Content(long eventMs, String group, long amount) {}

  /** The windows of the world of a seed. */
  static Windowing of(long seed, int topics) {
    Dice dice = new Dice(seed * 31 + 17);
    if (dice.chance(0.4)) {
      return dice.chance(DISTINCT)
          ? distinct(seed, topics, dice)
          : new Windowing(seed, Optional.empty(), true, 0, 0, false);
    }
    long sizeMs = dice.between(1, 12) * STEP_MS;
    WindowSpec window =
        switch (dice.between(0, 2)) {
          case 0 -> WindowSpec.tumbling(sizeMs * 1000);
          case 1 ->
              WindowSpec.hopping(sizeMs * 1000, dice.between(1, (int) (sizeMs / 100)) * 100_000L);
          default -> WindowSpec.session(sizeMs * 500);
        };
    WatermarkSpec watermark = watermark(dice);
    Aggregation aggregation =
        new Aggregation(
            OPERATOR,
            new EventTime(Optional.of(FieldRef.parse("t")), EventTime.Format.MILLIS),
            window,
            "window",
            List.of(new GroupField("g", FieldRef.parse("g"))),
            Aggregates.parse("total=sum(x), n=count(*)"),
            Optional.empty(),
            watermark,
            TOPIC,
            false,
            false,
            0,
            true);
    boolean session = window.kind() == WindowSpec.Kind.SESSION;
    return new Windowing(
        seed,
        Optional.of(aggregation),
        dice.chance(0.5),
        dice.between(1, topics),
        // Pieces of sessions are told apart by their segments; windows may be cut anywhere.
        session || dice.chance(0.5) ? Long.MAX_VALUE : 1,
        dice.chance(ROCKS));
  }

  /** Keys come again within a few seconds of event time, in any partition. */
  private static Windowing distinct(long seed, int topics, Dice dice) {
    Aggregation aggregation =
        new Aggregation(
            OPERATOR,
            new EventTime(Optional.of(FieldRef.parse("t")), EventTime.Format.MILLIS),
            WindowSpec.distinct(),
            "window",
            List.of(new GroupField("g", FieldRef.parse("g"))),
            List.of(),
            Optional.empty(),
            watermark(dice),
            OPERATOR,
            true,
            false,
            0,
            true);
    return new Windowing(
        seed,
        Optional.of(aggregation),
        true,
        dice.between(1, topics),
        dice.chance(0.5) ? Long.MAX_VALUE : 1,
        dice.chance(ROCKS));
  }

  private static WatermarkSpec watermark(Dice dice) {
    return new WatermarkSpec(
        dice.between(0, 8) * STEP_MS,
        dice.chance(0.7) ? WatermarkSpec.Policy.MIN : WatermarkSpec.Policy.MAX,
        dice.chance(0.5) ? 3_000 : 0,
        Long.MAX_VALUE / 4);
  }

  /** Whether duplicates are dropped, and nothing is aggregated. */
  boolean isDistinct() {
    return aggregation.isPresent() && aggregation.get().window().kind() == WindowSpec.Kind.DISTINCT;
  }

  /** Whether a record of the topic may be dropped as a duplicate. */
  boolean mayDrop(String topic) {
    return isDistinct() && isWindowed(topic);
  }

  /** The operator of a task or driver. */
  Optional<Operator> operator(Storage storage, Scratch scratch) {
    String directory = "state/" + OPERATOR;
    return aggregation.map(
        windowed ->
            new Operator(
                windowed,
                rocks
                    ? new RocksRunStore(storage, directory, scratch.directory())
                    : new PlainRunStore(storage, directory)));
  }

  boolean isWindowed(String topic) {
    return aggregation.isPresent() && Integer.parseInt(topic.substring("topic".length())) < topics;
  }

  /** Whether records of the topic go to its table. */
  boolean isLanded(String topic) {
    return forwarded || !isWindowed(topic);
  }

  Content content(TopicPartition partition, long offset) {
    Dice dice = new Dice(seed ^ (partition.hashCode() * 1_000_003L + offset * 7_919L));
    return new Content(
        offset * STEP_MS + dice.between(-12, 2) * STEP_MS / 2,
        isDistinct()
            ? "k" + Math.max(0, offset - dice.between(0, NEAR))
            : "g" + dice.between(0, GROUPS - 1),
        dice.between(1, 99));
  }

  /** The record at an offset, with the generation of its topic as key. */
  SinkRecord record(TopicPartition partition, int generation, long offset) {
    Content content = content(partition, offset);
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("t", content.eventMs());
    value.put("g", content.group());
    value.put("x", content.amount());
    return new SinkRecord(
        partition.topic(), partition.partition(), null, generation, null, value, offset);
  }

  /** What a put brings, as the transformation leaves it. */
  List<SinkRecord> landed(List<SinkRecord> records) {
    return records.stream()
        .filter(record -> isLanded(record.topic()))
        .map(record -> isDistinct() ? delivered(record) : record)
        .toList();
  }

  /** The copy that Connect makes of a record after the transformations. */
  private static SinkRecord delivered(SinkRecord seen) {
    return seen.newRecord(
        seen.topic(),
        seen.kafkaPartition(),
        seen.keySchema(),
        seen.key(),
        seen.valueSchema(),
        seen.value(),
        seen.timestamp());
  }

  /** For the operator. */
  List<List<SinkRecord>> absorbed(List<SinkRecord> records) {
    List<List<SinkRecord>> absorbed = new ArrayList<>();
    if (aggregation.isPresent()) {
      absorbed.add(records.stream().filter(record -> isWindowed(record.topic())).toList());
    }
    return absorbed;
  }

  /** The name of a result row. */
  static String row(SinkRecord record) {
    Struct row = (Struct) record.value();
    Struct bounds = row.getStruct("window");
    return row(
        bounds.getInt64("start"),
        bounds.getInt64("end"),
        row.getString("g"),
        row.getInt64("total"),
        row.getInt64("n"));
  }

  static String row(long startMicros, long endMicros, String group, long total, long count) {
    return "window %d-%d %s: %d of %d".formatted(startMicros, endMicros, group, total, count);
  }
}
