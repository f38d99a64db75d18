package io.tidemark.checkpoint.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Entries under names that only their writer uses. */
class OwnEntriesTest {

  private static final SessionId SESSION = new SessionId(0, 1, 0, "000000aa");
  private static final Segment SEGMENT = segment(0);
  private static final Segment LATER = segment(7);
  private static final String ATTEMPT = "0000000001-d1aaa18597019928-01";

  private final MapStorage storage = new MapStorage();
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);

  /** A create that timed out took effect late, and a driver has used the entry already. */
  @Test
  void areNoDamageWhenTheyAreDeletedBeforeTheirWriterHearsThatTheyExist() {
    storage.forgets = true;
    for (ThrowingCallable create : creates(SEGMENT)) {
      assertThatCode(create).doesNotThrowAnyException();
    }
  }

  @Test
  void areDamagedWhenTheyHaveOtherContent() throws Exception {
    for (ThrowingCallable create : creates(SEGMENT)) {
      assertThatCode(create).doesNotThrowAnyException();
    }
    storage.files.replaceAll((path, content) -> new byte[] {1});
    for (ThrowingCallable create : creates(LATER)) {
      assertThatThrownBy(create)
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-301");
    }
  }

  private static Segment segment(long createdMs) {
    return Segment.of(
        SESSION.firstSegment(),
        createdMs,
        Map.of(new TopicPartition("orders", 0), new OffsetRange(0, 1, true)),
        Map.of(),
        List.of());
  }

  private List<ThrowingCallable> creates(Segment segment) {
    return List.of(
        () -> checkpoint.segments().create(segment),
        () -> checkpoint.sessions().open(SESSION),
        () -> checkpoint.sessions().writes(SESSION, "/data/orders"),
        () -> checkpoint.attempts().writes(ATTEMPT, "/data/orders"));
  }
}
