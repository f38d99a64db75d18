package io.tidemark.checkpoint.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The bytes of every file, as other programs and later releases read them. */
class LogsGoldenTest {

  private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
  private static final TopicPartition ORDERS_10 = new TopicPartition("orders", 10);
  private static final TopicPartition ORDERS_2 = new TopicPartition("orders", 2);
  private static final SegmentId SEGMENT = new SegmentId(new SessionId(3, 42, 1, "5f1c2a9b"), 17);

  private final MapStorage storage = new MapStorage();
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);

  private static final Run RUN =
      new Run("00003-r-0.sst", 4711, 0x1a2b3c4d, 17, -5, 1700000000000000L);

  private static final String RUN_JSON =
      "{\"file\":\"00003-r-0.sst\",\"bytes\":4711,\"crc32c\":\"1a2b3c4d\",\"partials\":17,"
          + "\"minMicros\":-5,\"maxMicros\":1700000000000000";

  @Test
  void writesOffsetsAsSparkDoes() throws IOException {
    checkpoint
        .offsets()
        .create(
            5,
            new OffsetLog.Entry(
                0,
                1700000000000L,
                new TreeMap<>(),
                new Frontier(
                    Offsets.sorted(Map.of(ORDERS_0, 1500L, ORDERS_2, 7L, ORDERS_10, 0L)))));
    assertThat(text("offsets/5"))
        .isEqualTo(
            "v1\n"
                + "{\"batchWatermarkMs\":0,\"batchTimestampMs\":1700000000000,\"conf\":{}}\n"
                + "{\"orders\":{\"0\":1500,\"2\":7,\"10\":0}}");
  }

  @Test
  void readsOffsetsThatSparkWrote() throws IOException {
    put(
        "offsets/7",
        "v1\n"
            + "{\"batchWatermarkMs\":42,\"batchTimestampMs\":1700000000000,\"conf\":"
            + "{\"spark.sql.shuffle.partitions\":\"2\","
            + "\"spark.sql.streaming.stateStore.providerClass\":\"x.Y\"}}\n"
            + "{\"orders\":{\"0\":12}}");
    OffsetLog.Entry entry = checkpoint.offsets().read(7).orElseThrow();
    assertThat(entry.watermarkMs()).isEqualTo(42);
    assertThat(entry.conf()).containsEntry("spark.sql.shuffle.partitions", "2");
    assertThat(entry.frontier().ends()).containsExactly(Map.entry(ORDERS_0, 12L));
  }

  @Test
  void handsSparksSettingsOnAndMarksTheEntryAsOurs() {
    Map<String, String> before =
        Map.of("spark.sql.shuffle.partitions", "2", "spark.x", "y", "tidemark.plan", "16-00");
    String mark = PlanMark.of(Batch.NONE).text();
    assertThat(OffsetLog.Entry.of(Batch.NONE, before).conf())
        .isEqualTo(
            Map.of("spark.sql.shuffle.partitions", "2", "spark.x", "y", "tidemark.plan", mark));
    assertThat(OffsetLog.Entry.of(Batch.NONE, Map.of()).conf())
        .isEqualTo(Map.of("spark.sql.shuffle.partitions", "200", "tidemark.plan", mark));
    assertThat(mark).matches("-1-[0-9a-f]{32}");
  }

  @Test
  void writesCommitsAsSparkDoes() throws IOException {
    checkpoint.commits().create(5, new CommitLog.Entry(0));
    assertThat(text("commits/5")).isEqualTo("v1\n{\"nextBatchWatermarkMs\":0}");
  }

  @Test
  void writesMetadataThatSparkReadsAndKeepsTheId() throws IOException {
    String id = checkpoint.queryId();
    assertThat(text("metadata")).matches("\\{\"id\":\"" + id + "\",\"crc32c\":\"[0-9a-f]{8}\"}");
    assertThat(checkpoint.queryId()).isEqualTo(id);
    put("metadata", "{\"id\":\"" + id + "\"}");
    assertThat(checkpoint.queryId()).as("as Spark writes it").isEqualTo(id);
  }

  /** Under another id a table would take a batch twice. */
  @Test
  void noticesThatTheIdWasChanged() throws IOException {
    String id = checkpoint.queryId();
    char other = id.charAt(0) == '0' ? '1' : '0';
    put("metadata", text("metadata").replace(id, other + id.substring(1)));
    assertThatThrownBy(checkpoint::queryId)
        .hasMessageContaining("TM-301")
        .hasMessageContaining("checksum");
  }

  @Test
  void refusesToNameAQueryAgainWhenItsMetadataIsGone() throws IOException {
    checkpoint.queryId();
    checkpoint.offsets().create(0, OffsetLog.Entry.of(Batch.NONE, Map.of()));
    storage.delete("metadata");
    assertThatThrownBy(checkpoint::queryId)
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-303");
  }

  @Test
  void writesASegmentWithOperators() throws IOException {
    Segment plain = segment();
    OperatorSegment operator =
        new OperatorSegment(
            new TreeMap<>(Map.of("window", "tumbling")),
            500,
            2,
            Offsets.sorted(Map.of(ORDERS_0, 1700000000000L)),
            new TreeMap<>(Map.of("amount", "long")),
            List.of(RUN));
    Segment segment =
        new Segment(
            plain.id(),
            plain.sealedMs(),
            plain.ranges(),
            plain.tables(),
            List.of(),
            new TreeMap<>(Map.of("revenue", operator)),
            Offsets.sorted(Map.of(ORDERS_0, 1600000000000L)));
    checkpoint.segments().create(segment);
    assertThat(text("segments/" + segment.id()))
        .contains(
            "\"files\":[],\"operators\":{\"revenue\":{\"definition\":{\"window\":\"tumbling\"},"
                + "\"rows\":500,\"lateRows\":2,\"maxEventMs\":{\"orders\":{\"0\":1700000000000}},"
                + "\"types\":{\"amount\":\"long\"},\"runs\":["
                + RUN_JSON
                + "}]}},\"silentSinceMs\":{\"orders\":{\"0\":1600000000000}}}");
    assertThat(checkpoint.segments().read(segment.id())).contains(segment);
  }

  @Test
  void writesABatchPlanWithOperators() throws IOException {
    OperatorState state =
        new OperatorState(
            new TreeMap<>(Map.of("window", "tumbling")),
            OptionalLong.of(1699999400000L),
            Offsets.sorted(
                Map.of(
                    ORDERS_0,
                    EventProgress.NONE.seen(1700000000000L),
                    new TopicPartition("orders", 1),
                    EventProgress.NONE.silent(true))),
            new TreeMap<>(Map.of("amount", "long")),
            List.of(new LiveRun(RUN, 16, List.of(RUN))),
            new OperatorState.Counts(500, 17, 3, 2));
    Batch batch =
        plan(3)
            .closing(new TreeMap<>(Map.of("revenue", state)), new TreeMap<>(), segment().files());
    checkpoint.batches().create(3, batch);
    assertThat(text("batches/3"))
        .contains(
            "\"operators\":{\"revenue\":{\"definition\":{\"window\":\"tumbling\"},"
                + "\"watermarkMs\":1699999400000,"
                + "\"partitions\":{\"orders\":{\"0\":[1700000000000],\"1\":[\"silent\"]}},"
                + "\"types\":{\"amount\":\"long\"},\"runs\":["
                + RUN_JSON
                + ",\"batch\":16,\"builtFrom\":["
                + RUN_JSON
                + "}]}],\"counts\":{\"rows\":500,\"partials\":17,\"closed\":3,\"lateRows\":2}}},"
                + "\"results\":[{\"table\":");
    assertThat(text("batches/3")).contains(",\"writes\":{\"/data/orders\":3}}\n");
    assertThat(checkpoint.batches().read(3)).contains(batch);
  }

  @Test
  void writesABatchPlanThatReplacesFiles() throws IOException {
    List<DataFile> files = segment().files();
    Batch batch =
        plan(3)
            .closing(
                new WindowStates(new TreeMap<>(), List.of(), files),
                new WrittenTables(new TreeMap<>(), new TreeMap<>()));
    checkpoint.batches().create(3, batch);
    assertThat(text("batches/3")).contains(",\"replaced\":{\"files\":[{\"table\":\"/data/orders\"");
    assertThat(checkpoint.batches().read(3)).contains(batch);
    assertThat(checkpoint.batches().read(3).orElseThrow().replaced()).isEqualTo(files).isNotEmpty();
  }

  @Test
  void writesWhereTheRangesOfASegmentComeFrom() throws IOException {
    Segment plain = segment();
    Segment segment =
        new Segment(
            plain.id(),
            plain.sealedMs(),
            plain.ranges(),
            plain.tables(),
            plain.files(),
            plain.operators(),
            plain.silentSinceMs(),
            new Provenance(
                16,
                new Origin(Optional.of("cluster-1"), new TreeMap<>(Map.of("orders", "topic-1"))),
                Offsets.sorted(
                    Map.of(ORDERS_0, List.of(new OffsetRange(12, 15), new OffsetRange(17, 18))))));
    checkpoint.segments().create(segment);
    assertThat(text("segments/" + segment.id()))
        .contains(
            ",\"after\":16,"
                + "\"origin\":{\"clusterId\":\"cluster-1\",\"topicIds\":{\"orders\":\"topic-1\"}},"
                + "\"lost\":{\"orders\":{\"0\":[[12,15],[17,18]]}}}\n");
    assertThat(checkpoint.segments().read(segment.id())).contains(segment);
  }

  @Test
  void writesABatchPlanThatResetsTheFrontier() throws IOException {
    Batch batch =
        plan(3)
            .closing(new TreeMap<>(), new TreeMap<>(), segment().files())
            .reset(
                new OffsetResets(
                    "request-1",
                    "topic orders was created again",
                    Offsets.sorted(
                        Map.of(
                            ORDERS_0,
                            new OffsetResets.Reset(OptionalLong.of(1500), OptionalLong.of(0)),
                            ORDERS_2,
                            new OffsetResets.Reset(OptionalLong.of(7), OptionalLong.empty())))),
                new Origin(Optional.empty(), new TreeMap<>(Map.of("orders", "topic-2"))),
                new TreeMap<>());
    checkpoint.batches().create(3, batch);
    assertThat(text("batches/3"))
        .contains("\"frontier\":{\"orders\":{\"0\":0}}")
        .contains(
            ",\"origin\":{\"topicIds\":{\"orders\":\"topic-2\"}},"
                + "\"resets\":{\"id\":\"request-1\",\"cause\":\"topic orders was created again\","
                + "\"ends\":{\"orders\":{\"0\":{\"from\":1500,\"to\":0},\"2\":{\"from\":7}}}},\"resetBy\":3}\n");
    assertThat(checkpoint.batches().read(3).orElseThrow().continuity().resets())
        .isEqualTo(batch.continuity().resets());
  }

  @Test
  void writesWhatEarlierBatchesHaveReset() throws IOException {
    Batch batch =
        resetting(5, Map.of(ORDERS_0, OptionalLong.of(0), ORDERS_2, OptionalLong.empty()))
            .followedBySpark(6, 0, Frontier.NONE)
            .followedBySpark(7, 0, Frontier.NONE);
    checkpoint.batches().create(7, batch);
    assertThat(text("batches/7"))
        .contains(
            ",\"pastResets\":[{\"batch\":5,\"cause\":\"somebody asked\","
                + "\"ends\":{\"orders\":{\"0\":0,\"2\":null}}}]}\n");
    assertThat(checkpoint.batches().read(7)).contains(batch);
    assertThat(PastResets.parse(batch.lastResets().text())).isEqualTo(batch.lastResets());
    assertThat(PastResets.parse("whatever").isNone()).isTrue();
  }

  @Test
  void namesOfEachPartitionItsLastResetOnly() {
    PastResets resets =
        resetting(5, Map.of(ORDERS_0, OptionalLong.of(0), ORDERS_2, OptionalLong.empty()))
            .lastResets();
    PastResets later =
        resets.then(9, resetting(9, Map.of(ORDERS_0, OptionalLong.of(4))).continuity().resets());
    assertThat(later.ends())
        .containsEntry(ORDERS_0, new PastReset(9, "somebody asked", OptionalLong.of(4)))
        .containsEntry(ORDERS_2, new PastReset(5, "somebody asked", OptionalLong.empty()));
    assertThat(resets.overlaid(later)).isEqualTo(later);
    assertThat(later.overlaid(resets)).isEqualTo(later);
    assertThat(later.of(List.of(ORDERS_0, ORDERS_2), resets).ends()).containsOnlyKeys(ORDERS_0);
    assertThat(later.of(List.of(ORDERS_2), PastResets.NONE).ends()).containsOnlyKeys(ORDERS_2);
  }

  /** A batch that does nothing but reset. */
  private static Batch resetting(long number, Map<TopicPartition, OptionalLong> ends) {
    SortedMap<TopicPartition, OffsetResets.Reset> resets = new TreeMap<>(Offsets.ORDER);
    ends.forEach(
        (partition, to) -> resets.put(partition, new OffsetResets.Reset(OptionalLong.of(9), to)));
    return new Batch(
            number, "9f", 0, DecidedSegments.NONE, Frontier.NONE, new TreeMap<>(), new TreeMap<>())
        .reset(
            new OffsetResets("request", "somebody asked", resets), Origin.UNKNOWN, new TreeMap<>());
  }

  @Test
  void writesABatchPlanWithChecksum() throws IOException {
    Batch batch =
        new Batch(
            17,
            "9f",
            1700000000000L,
            new DecidedSegments(List.of(SEGMENT), List.of(SEGMENT.next()), List.of(), List.of()),
            new Frontier(Offsets.sorted(Map.of(ORDERS_0, 1500L))),
            new TreeMap<>(Map.of("/data/orders", "id-1")),
            new TreeMap<>(Map.of(SEGMENT.session(), new SessionState(17, -1))));
    checkpoint.batches().create(17, batch);
    assertThat(text("batches/17"))
        .isEqualTo(
            "v1\n"
                + "{\"batch\":17,\"writer\":\"9f\",\"timestampMs\":1700000000000,"
                + "\"accepted\":[\"00003-0000002a-0001-5f1c2a9b-000017\"],"
                + "\"rejected\":[\"00003-0000002a-0001-5f1c2a9b-000018\"],"
                + "\"settled\":[],\"discarded\":[],"
                + "\"frontier\":{\"orders\":{\"0\":1500}},"
                + "\"tables\":{\"/data/orders\":\"id-1\"},"
                + "\"sessions\":{\"00003-0000002a-0001-5f1c2a9b\":{\"accepted\":17,\"fencedBy\":-1}}}\n"
                + "crc32c 801d98a2");
    assertThat(checkpoint.batches().read(17)).hasValue(batch);
  }

  @Test
  void readsASegmentAsItWasSealed() throws IOException {
    Segment segment = segment();
    checkpoint.segments().create(segment);
    assertThat(text("segments/" + SEGMENT))
        .startsWith("v1\n{\"id\":\"00003-0000002a-0001-5f1c2a9b");
    assertThat(checkpoint.segments().read(SEGMENT)).hasValue(segment);
    assertThat(checkpoint.segments().ids()).containsExactly(SEGMENT);
  }

  @Test
  void recognisesEveryTornSegment() throws IOException {
    checkpoint.segments().create(segment());
    byte[] whole = storage.files.get("segments/" + SEGMENT);
    for (int length = 0; length < whole.length; length++) {
      storage.files.put("segments/" + SEGMENT, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> checkpoint.segments().read(SEGMENT))
          .as("cut to %d bytes", length)
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("segments/" + SEGMENT);
    }
  }

  @Test
  void recognisesEveryAlteredByteOfAPlan() throws IOException {
    checkpoint.batches().create(0, Batch.NONE);
    byte[] whole = storage.files.get("batches/0");
    for (int index = 0; index < whole.length; index++) {
      byte[] altered = whole.clone();
      altered[index] ^= 1;
      storage.files.put("batches/0", altered);
      assertThatThrownBy(() -> checkpoint.batches().read(0))
          .as("altered at %d", index)
          .isInstanceOf(TidemarkException.class);
    }
  }

  @Test
  void namesAnEmptyEntryAndAnUnknownVersion() {
    put("offsets/4711", "");
    assertThatThrownBy(() -> checkpoint.offsets().read(4711))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("offsets/4711")
        .hasMessageContaining("it is empty; expected version line \"v1\"");
    put("commits/1", "v2\n{}");
    assertThatThrownBy(() -> checkpoint.commits().read(1))
        .hasMessageContaining("TM-302")
        .hasMessageContaining("v2");
  }

  @Test
  void knowsItsOwnEntryWhenTheAnswerGotLost() throws IOException {
    storage.losesAnswers = true;
    assertThat(checkpoint.commits().create(0, new CommitLog.Entry(0))).isTrue();
    assertThat(checkpoint.commits().create(0, new CommitLog.Entry(1))).isFalse();
    storage.refuses = true;
    assertThatThrownBy(() -> checkpoint.commits().create(1, new CommitLog.Entry(0)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void readsABatchThatSparkCommittedAsAFrontier() throws IOException {
    put(
        "offsets/3",
        "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{}}\n{\"orders\":{\"0\":12}}");
    Batch batch = checkpoint.committedBatch(3).orElseThrow();
    assertThat(batch.number()).isEqualTo(3);
    assertThat(batch.frontier().end(ORDERS_0)).hasValue(12);
  }

  /** Else a segment whose entry was not yet removed would look like one that overlaps. */
  @Test
  void keepsAfterSparksBatchesWhatWasDecidedBefore() throws IOException {
    checkpoint
        .batches()
        .create(
            2,
            new Batch(
                2,
                "driver",
                9,
                new DecidedSegments(
                    List.of(SEGMENT), List.of(SEGMENT.next()), List.of(), List.of()),
                new Frontier(Offsets.sorted(Map.of(ORDERS_0, 10L))),
                new TreeMap<>(Map.of("/data/orders", "id-1")),
                new TreeMap<>(Map.of(SEGMENT.session(), SessionState.NEW.accepting(17)))));
    put("offsets/2", entry("{\"orders\":{\"0\":10}}"));
    put("offsets/3", entry("{\"orders\":{\"0\":12}}"));
    Batch batch = checkpoint.committedBatch(3).orElseThrow();
    assertThat(batch.isOfSpark()).isTrue();
    assertThat(batch.settled()).containsExactly(SEGMENT);
    assertThat(batch.discarded()).containsExactly(SEGMENT.next());
    assertThat(batch.session(SEGMENT.session()).accepted()).isEqualTo(17);
    assertThat(batch.tables()).containsEntry("/data/orders", "id-1");
    assertThat(checkpoint.committedBatch(2).orElseThrow().isOfSpark()).isFalse();
  }

  @Test
  void passesOverAPlanThatSparkHasPlannedOtherwise() throws IOException {
    Batch plan = Batch.NONE.followedBySpark(3, 9, Frontier.NONE);
    checkpoint.batches().create(3, plan);
    assertThat(checkpoint.plan(3)).hasValue(plan);
    put("offsets/3", entry("{}"));
    assertThat(checkpoint.plan(3)).hasValue(plan);
    put("offsets/3", entry("{\"orders\":{\"0\":10}}"));
    assertThat(checkpoint.plan(3)).isEmpty();
  }

  private static Batch plan(long number) {
    return Batch.NONE.followedBySpark(number, 9, Frontier.NONE);
  }

  private static String entry(String source) {
    return "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{}}\n" + source;
  }

  private static Segment segment() {
    Map<String, String> partitionValues = new HashMap<>();
    partitionValues.put("day", "2026-01-01");
    partitionValues.put("region", null);
    return Segment.of(
        SEGMENT,
        1700000000000L,
        Map.of(ORDERS_0, new OffsetRange(10, 20), ORDERS_2, new OffsetRange(5, 5)),
        Map.of("/data/orders", "id-1"),
        List.of(
            new DataFile(
                "/data/orders",
                "day=2026-01-01/part-0.parquet",
                partitionValues,
                4711,
                1700000000000L,
                10,
                "{\"numRecords\":10}")));
  }

  private String text(String path) {
    return new String(storage.files.get(path), UTF_8);
  }

  private void put(String path, String content) {
    storage.files.put(path, content.getBytes(UTF_8));
  }
}
