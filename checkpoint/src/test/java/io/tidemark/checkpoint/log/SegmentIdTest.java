package io.tidemark.checkpoint.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentIdTest {

  private static final SessionId SESSION = new SessionId(3, 42, 1, "5f1c2a9b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00003-0000002a-0001-5f1c2a9b-000017",
        "123456-07ffffff-ffff-00000000-1234567",
        "00000-00000000-0000-ffffffff-000000"
      })
  void readsBackWhatItWrites(String text) {
    assertThat(SegmentId.parse(text)).hasToString(text);
    assertThat(SegmentId.tryParse(text)).hasValue(SegmentId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "00003-0000002a-0001-5f1c2a9b",
        "00003-0000002a-0001-5f1c2a9b-17",
        "00003-0000002A-0001-5f1c2a9b-000017",
        "3-0000002a-0001-5f1c2a9b-000017",
        "00003-0000002a-0001-5f1c2a9g-000017",
        "00003-0000002a-0001-5f1c2a9b-000017-1",
        "00003-0000002a-0001--000017",
        "b0d8b9d5-8f3a-4b5e-9f3e-0c6a4f0f2c11"
      })
  void refusesEveryOtherText(String text) {
    assertThat(SegmentId.tryParse(text)).isEmpty();
    assertThatThrownBy(() -> SegmentId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSessionIsSupersededByALaterOneOfTheSameTask() {
    SessionId restarted = SESSION.restarted("00000001");
    assertThat(SESSION.isSupersededBy(restarted)).isTrue();
    assertThat(restarted.isSupersededBy(SESSION)).isFalse();
    assertThat(SESSION.isSupersededBy(new SessionId(3, 43, 0, "00000002"))).isTrue();
    assertThat(SESSION.isSupersededBy(new SessionId(4, 43, 0, "00000002"))).isFalse();
    assertThat(SESSION.isSupersededBy(SESSION)).isFalse();
  }

  @Test
  void aSessionThatWasRestartedTooOftenTakesTheNextEpoch() {
    SessionId last = new SessionId(3, 42, 0xffff, "5f1c2a9b");
    assertThat(last.restarted("00000001")).isEqualTo(new SessionId(3, 43, 0, "00000001"));
    assertThat(last.isSupersededBy(last.restarted("00000001"))).isTrue();
  }
}
