package io.tidemark.checkpoint.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, reading it ends in a code, never in a value that nobody wrote. */
class DecodingTest {

  private static final SessionId SESSION = SessionId.parse("00003-0000002a-0001-5f1c2a9b");
  private static final SessionId OTHER = SessionId.parse("00003-0000002b-0000-5f1c2a9b");

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  private final MapStorage storage = new MapStorage();
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"orders\":{\"0\":-2}}",
        "{\"orders\":{\"0\":\"12\"}}",
        "{\"orders\":{\"0\":null}}",
        "{\"orders\":{\"0\":1.5}}",
        "{\"orders\":{\"0\":99999999999999999999}}",
        "{\"orders\":{\"-1\":5}}",
        "{\"orders\":{\"first\":5}}",
        "{\"orders\":{\"0\":5,\"0\":6}}",
        "{\"orders\":{\"0\":5}} {}",
        "{\"orders\":{\"0\":5}",
        ""
      })
  void refusesASourceThatIsNotOne(String source) {
    assertThatThrownBy(
            () -> offsets("{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{}}", source))
        .isInstanceOf(TidemarkException.class)
        .hasMessageMatching("(?s)TM-30[18].*offsets/7.*");
  }

  @Test
  void saysThatASourceOfSparkHasNoOffsetYet() {
    assertThatThrownBy(() -> offsets("{}", "-"))
        .hasMessageContaining("TM-308")
        .hasMessageContaining("no offset yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchWatermarkMs\":\"0\",\"batchTimestampMs\":9,\"conf\":{}}",
        "{\"batchWatermarkMs\":0,\"batchTimestampMs\":null,\"conf\":{}}",
        "{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{\"a\":{}}}",
        "{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{}} trailing",
        "null",
        ""
      })
  void refusesMetadataThatIsNone(String metadata) {
    assertThatThrownBy(() -> offsets(metadata, "{\"orders\":{\"0\":5}}"))
        .isInstanceOf(TidemarkException.class)
        .hasMessageMatching("(?s)TM-301.*offsets/7.*");
  }

  @Test
  void saysThatZerosAreNoVersion() {
    put("commits/7", "\0\0\0\0\n\0\0");
    assertThatThrownBy(() -> checkpoint.commits().read(7))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("no version");
    put("batches/7", "\0\0\0\0\n\0\0");
    assertThatThrownBy(() -> checkpoint.batches().read(7)).hasMessageContaining("TM-301");
  }

  @Test
  void noticesThatAPlanBearsAnothersNumber() throws IOException {
    checkpoint.batches().create(7, Batch.NONE.followedBySpark(7, 9, Frontier.NONE));
    move("batches/7", "batches/8");
    assertThatThrownBy(() -> checkpoint.batches().read(8))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("it holds batch 7");
  }

  @Test
  void noticesThatASegmentBearsAnothersName() throws IOException {
    SegmentId id = SESSION.firstSegment();
    checkpoint
        .segments()
        .create(Segment.of(id, 0, Map.of(P0, new OffsetRange(0, 1)), Map.of(), List.of()));
    move("segments/" + id, "segments/" + id.next());
    assertThatThrownBy(() -> checkpoint.segments().read(id.next()))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("it holds segment " + id);
  }

  @Test
  void noticesThatAnEntryOfASessionIsAnother() throws IOException {
    checkpoint.sessions().open(SESSION);
    checkpoint.sessions().writes(SESSION, "/data/orders");
    String tables =
        storage.files.keySet().stream()
            .filter(path -> path.contains("."))
            .findFirst()
            .orElseThrow();
    byte[] plain = storage.files.get("sessions/" + SESSION);
    byte[] table = storage.files.get(tables);
    storage.files.put(tables, plain);
    assertThatThrownBy(() -> checkpoint.sessions().tables(Set.of(SESSION)))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("it is the entry of " + SESSION);
    storage.files.put(tables, table);
    storage.files.put("sessions/" + SESSION, table);
    assertThat(new EntryCheck(storage).problem("sessions", SESSION.toString()))
        .hasValueSatisfying(why -> assertThat(why).contains("it is the entry of " + SESSION + "."));
    String others = tables.replace(SESSION.toString(), OTHER.toString());
    storage.files.put(others, table);
    assertThatThrownBy(() -> checkpoint.sessions().tables(Set.of(OTHER)))
        .hasMessageContaining("TM-301");
  }

  @Test
  void noticesThatAnEntryOfAnAttemptIsAnother() throws IOException {
    String attempt = AttemptLog.name(17, "9f1c2a9b5f1c2a9b", 0);
    checkpoint.attempts().writes(attempt, "/data/revenue");
    String name = checkpoint.attempts().entries(17).keySet().iterator().next();
    String other = name.replace("0000000017", "0000000016");
    move("attempts/" + name, "attempts/" + other);
    assertThatThrownBy(() -> checkpoint.attempts().table(other))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("it is the entry of " + name);
  }

  /** A stray file stops nobody; a renamed entry is missing where it was. */
  @Test
  void passesOverNamesThatNoEntryHas() throws IOException {
    for (String directory :
        new String[] {"segments", "sessions", "attempts", "batches", "offsets", "commits"}) {
      for (String name : new String[] {"foo", "foo.bar", "7.bak", "Thumbs.db", "007"}) {
        put(directory + "/" + name, "x");
      }
    }
    assertThat(checkpoint.segments().ids()).isEmpty();
    assertThat(checkpoint.sessions().sessions()).isEmpty();
    assertThat(checkpoint.sessions().tables(Set.of(SESSION))).isEmpty();
    assertThat(checkpoint.attempts().entries(Long.MAX_VALUE)).isEmpty();
    assertThat(checkpoint.commits().latest()).isEmpty();
    assertThat(new EntryCheck(storage).problem("batches", "007"))
        .hasValue("no file of this directory has such a name");
  }

  private void offsets(String metadata, String source) throws IOException {
    put("offsets/7", "v1\n" + metadata + "\n" + source);
    checkpoint.offsets().read(7);
  }

  private void put(String path, String content) {
    storage.files.put(path, content.getBytes(UTF_8));
  }

  private void move(String from, String to) {
    storage.files.put(to, storage.files.remove(from));
  }
}
