package io.tidemark.checkpoint.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionLogTest {

  private static final SessionId ONE = new SessionId(0, 1, 0, "000000aa");
  private static final SessionId OTHER = new SessionId(1, 1, 0, "000000bb");

  private final MapStorage storage = new MapStorage();
  private final SessionLog sessions = new CheckpointLocation(storage).sessions();

  @Test
  void knowsTheTablesOfRegisteredSessions() throws IOException {
    sessions.open(ONE);
    sessions.open(OTHER);
    sessions.writes(ONE, "/data/orders");
    sessions.writes(ONE, "/data/customers");
    sessions.writes(OTHER, "/data/orders");
    assertThat(sessions.sessions()).containsExactly(ONE, OTHER);
    assertThat(sessions.tables(Set.of(ONE)).get(ONE))
        .containsExactlyInAnyOrder("/data/orders", "/data/customers");
    assertThat(sessions.tables(Set.of(ONE))).doesNotContainKey(OTHER);
  }

  @Test
  void writesAnEntryForItsReader() throws IOException {
    sessions.writes(ONE, "/data/orders");
    assertThat(storage.files.keySet())
        .allMatch(name -> name.matches("sessions/00000-00000001-0000-000000aa\\.[0-9a-f]{32}"));
    assertThat(new String(storage.files.values().iterator().next(), StandardCharsets.UTF_8))
        .startsWith(
            "v1\n{\"session\":\"00000-00000001-0000-000000aa\",\"table\":\"/data/orders\"}\n");
  }

  @Test
  void registersOnceHoweverOftenItIsAsked() throws IOException {
    sessions.open(ONE);
    sessions.open(ONE);
    sessions.writes(ONE, "/data/orders");
    sessions.writes(ONE, "/data/orders");
    assertThat(storage.files).hasSize(2);
  }

  @Test
  void forgetsASessionWithItsTables() throws IOException {
    sessions.open(ONE);
    sessions.open(OTHER);
    sessions.writes(ONE, "/data/orders");
    sessions.forget(ONE, List.of("/data/orders"));
    assertThat(storage.files.keySet()).containsExactly("sessions/" + OTHER);
  }

  @Test
  void refusesADamagedEntry() throws IOException {
    sessions.open(ONE);
    sessions.writes(ONE, "/data/orders");
    storage.files.replaceAll((name, content) -> name.contains(".") ? new byte[3] : content);
    assertThatThrownBy(() -> sessions.tables(Set.of(ONE)))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-30");
  }
}
