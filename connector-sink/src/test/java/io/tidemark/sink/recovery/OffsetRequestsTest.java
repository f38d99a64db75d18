package io.tidemark.sink.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.Provenance;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetRequestsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final Origin KNOWN =
      new Origin(Optional.of("cluster-1"), new TreeMap<>(Map.of("orders", "orders-id")));
  private static final Map<TopicPartition, OptionalLong> AS_IT_IS = Map.of(P0, OptionalLong.of(10));

  private final CheckpointLocation checkpoint =
      new CheckpointLocation(new MemoryStorage(new Faults()));

  /** As for a copy in another cluster that has the same offsets. */
  @Test
  void forgetsTheTopicOfOffsetsThatAreSetToWhatTheyAre() throws IOException {
    Batch last = commit(KNOWN, new TreeMap<>());
    OffsetReset asked = new OffsetRequests(checkpoint).alter("1", "test", AS_IT_IS).orElseThrow();
    Batch reset = asked.applied(last);
    assertThat(reset.frontier()).isEqualTo(last.frontier());
    assertThat(reset.continuity().origin()).isEqualTo(Origin.UNKNOWN);
  }

  @Test
  void forgetsItWithOpenWindowsAndKeepsThem() throws IOException {
    Batch last =
        commit(KNOWN, new TreeMap<>(Map.of("sums", OperatorState.initial(new TreeMap<>()))));
    OffsetRequests requests = new OffsetRequests(checkpoint);
    Batch reset = requests.alter("1", "test", AS_IT_IS).orElseThrow().applied(last);
    assertThat(reset.operators()).isEqualTo(last.operators());
    assertThat(reset.continuity().origin()).isEqualTo(Origin.UNKNOWN);
    assertThat(requests.returnTo("2", "test", 0).applied(last).continuity().origin())
        .as("a return is one in the same logs")
        .isEqualTo(KNOWN);
  }

  @Test
  void doesNothingWhenAllIsAsWantedAndNoTopicKnown() throws IOException {
    commit(Origin.UNKNOWN, new TreeMap<>());
    assertThat(new OffsetRequests(checkpoint).alter("1", "test", AS_IT_IS)).isEmpty();
  }

  /** As Connect asks when the group's offsets have expired. */
  @Test
  void forgetsEverythingWhenNothingIsNamed() throws IOException {
    Batch last = commit(Origin.UNKNOWN, new TreeMap<>());
    seal(P1, 0, 7);
    OffsetReset reset = new OffsetRequests(checkpoint).reset("1", "test", Set.of()).orElseThrow();
    assertThat(reset.ends()).containsOnlyKeys(P0, P1);
    assertThat(reset.applied(last).frontier().ends()).isEmpty();
  }

  @Test
  void forgetsWhatIsSealedAndInNoBatch() throws IOException {
    seal(P1, 0, 7);
    OffsetRequests requests = new OffsetRequests(checkpoint);
    assertThat(requests.reset("1", "test", Set.of()).orElseThrow().ends()).containsOnlyKeys(P1);
    assertThat(requests.reset("1", "test", Set.of(P1)).orElseThrow().ends()).containsOnlyKeys(P1);
  }

  @Test
  void forgetsOpenWindowsWithEverything() throws IOException {
    commit(KNOWN, new TreeMap<>(Map.of("sums", OperatorState.initial(new TreeMap<>()))));
    OffsetReset reset = new OffsetRequests(checkpoint).reset("1", "test", Set.of()).orElseThrow();
    assertThat(reset.operators()).hasValueSatisfying(states -> assertThat(states).isEmpty());
  }

  @Test
  void refusesToForgetSomePartitionsWhenAllMayBeMeant() throws IOException {
    commit(Origin.UNKNOWN, new TreeMap<>());
    seal(P1, 0, 7);
    assertThatThrownBy(() -> new OffsetRequests(checkpoint).reset("1", "test", Set.of(P0)))
        .hasMessageStartingWith("TM-179")
        .hasMessageContaining("[orders-0]")
        .hasMessageContaining("[orders-1]")
        .hasMessageContaining("reset --all");
  }

  @Test
  void forgetsNothingWhereNothingIsKnown() throws IOException {
    assertThat(new OffsetRequests(checkpoint).reset("1", "test", Set.of())).isEmpty();
  }

  /** The segment is committed first, and the end would be another one. */
  @Test
  void setsAnEndToWhatItIsWhenSomethingSealedWaits() throws IOException {
    commit(Origin.UNKNOWN, new TreeMap<>());
    seal(P0, 10, 20);
    assertThat(new OffsetRequests(checkpoint).alter("1", "test", AS_IT_IS)).isPresent();
  }

  private void seal(TopicPartition partition, long from, long to) throws IOException {
    SessionId session = new SessionId(0, 1, 1, "5f1c2a9b");
    checkpoint.sessions().open(session);
    checkpoint
        .segments()
        .create(
            new Segment(
                session.firstSegment(),
                0,
                Offsets.sorted(Map.of(partition, new OffsetRange(from, to, from == 0))),
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(Offsets.ORDER),
                new Provenance(-1, Origin.UNKNOWN, new TreeMap<>(Offsets.ORDER))));
  }

  private Batch commit(Origin origin, SortedMap<String, OperatorState> operators)
      throws IOException {
    Batch batch =
        new Batch(
            0,
            "w",
            0,
            DecidedSegments.NONE,
            new Frontier(Offsets.sorted(Map.of(P0, 10L))),
            new WrittenTables(new TreeMap<>(), new TreeMap<>()),
            new TreeMap<>(),
            new WindowStates(operators, List.of()),
            new Continuity(
                origin, new TreeMap<>(Offsets.ORDER), OffsetResets.NONE, -1, PastResets.NONE));
    checkpoint.batches().create(0, batch);
    checkpoint.offsets().create(0, OffsetLog.Entry.of(batch, Map.of()));
    checkpoint.commits().create(0, new CommitLog.Entry(0));
    return batch;
  }
}
