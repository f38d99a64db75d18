package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionLog;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SessionRegistrationTest {

  private final SessionLog sessions =
      new CheckpointLocation(new MemoryStorage(new Faults())).sessions();
  private int nonces;
  private int notices;
  private Runnable permission = () -> {};

  private SessionRegistration incarnation() {
    return new SessionRegistration(
        3,
        sessions,
        () -> "%08x".formatted(nonces++),
        new Retries(4, ms -> {}),
        permission,
        () -> notices++);
  }

  private SessionId next(SessionRegistration incarnation) throws IOException {
    return incarnation.next(sessions.sessions());
  }

  @Test
  void registersNothingWithoutPermission() throws IOException {
    permission =
        () -> {
          throw new IllegalStateException("another connector's");
        };
    assertThatThrownBy(() -> next(incarnation())).hasMessage("another connector's");
    assertThat(sessions.sessions()).isEmpty();
    assertThat(notices).isZero();
  }

  @Test
  void endsFormerIncarnationsAndItsOwnFormerSessions() throws IOException {
    SessionId former = next(incarnation());
    SessionRegistration later = incarnation();
    SessionId first = next(later);
    SessionId second = next(later);
    assertThat(former.isSupersededBy(first)).isTrue();
    assertThat(first.isSupersededBy(second)).isTrue();
    assertThat(second.epoch()).isEqualTo(first.epoch());
    assertThat(notices).isEqualTo(3);
  }

  @Test
  void endsAFormerIncarnationThatWokeAndRegisteredAfterIt() throws IOException {
    SessionRegistration living = incarnation();
    SessionId before = next(living);
    SessionId woken = next(incarnation());
    assertThat(before.isSupersededBy(woken)).isTrue();
    assertThat(woken.isSupersededBy(next(living))).isTrue();
  }
}
