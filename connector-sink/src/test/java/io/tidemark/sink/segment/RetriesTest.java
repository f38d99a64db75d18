package io.tidemark.sink.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private final List<Long> pauses = new ArrayList<>();

  @Test
  void repeatsWithLongerPausesUntilTheCallSucceeds() {
    int[] calls = {0};
    String result =
        new Retries(9, pauses::add)
            .run(
                "read",
                () -> {
                  if (calls[0]++ < 5) {
                    throw new IOException("not yet");
                  }
                  return "done";
                });
    assertThat(result).isEqualTo("done");
    assertThat(pauses).containsExactly(500L, 2_000L, 8_000L, 30_000L, 30_000L);
  }

  /** Nobody restarts a failed task by itself; and a call may not last longer than a poll may. */
  @Test
  void ridesOutMinutesWithTheDefaultOfFailuresAndStaysInThePollInterval() {
    Retries retries = new Retries(10, pauses::add);
    assertThatThrownBy(
            () ->
                retries.run(
                    "read",
                    () -> {
                      throw new IOException("no route");
                    }))
        .hasMessageContaining("after 10 failures in a row");
    assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isBetween(180_000L, 240_000L);
  }

  @Test
  void givesUpNamingAttemptCountAndLastFailure() {
    Retries retries = new Retries(3, pauses::add);
    assertThatThrownBy(
            () ->
                retries.run(
                    "create offsets/3",
                    () -> {
                      throw new IOException("no route");
                    }))
        .hasMessageContaining("TM-154")
        .hasMessageContaining("create offsets/3 after 3 failures in a row")
        .hasMessageContaining("no route");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void doesNotTakeTheSuccessOfAnotherCallForTheEndOfARow() {
    Retries retries = new Retries(3, pauses::add);
    for (int i = 0; i < 2; i++) {
      retries.failed("write", new IOException("disk full"));
      assertThat(retries.<String>run("read", () -> "done")).isEqualTo("done");
    }
    assertThatThrownBy(() -> retries.failed("write", new IOException("disk full")))
        .hasMessageContaining("write after 3 failures in a row");
    assertThat(pauses).containsExactly(500L, 2_000L);
  }

  @Test
  void countsFailuresInARowOnly() {
    Retries retries = new Retries(2, pauses::add);
    for (int i = 0; i < 10; i++) {
      retries.failed("write", new IOException("now and then"));
      retries.succeeded();
    }
    assertThat(pauses).hasSize(10).containsOnly(500L);
  }
}
