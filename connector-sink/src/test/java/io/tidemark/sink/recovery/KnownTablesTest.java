package io.tidemark.sink.recovery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.sink.fake.World;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A table that was dropped while the connector was down. */
class KnownTablesTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  private final World world = new World(1);
  private final KnownTables known = new KnownTables(new CheckpointLocation(world.storage));

  @Test
  void saysNothingBeforeTheFirstBatch() {
    assertThatCode(() -> known.requireNew(World.TABLE)).doesNotThrowAnyException();
    assertThatCode(() -> known.requireSame(world.tables, World.TABLE)).doesNotThrowAnyException();
    world.tables.drop(World.TABLE);
    assertThatCode(() -> known.requireSame(world.tables, World.TABLE)).doesNotThrowAnyException();
  }

  @Test
  void refusesToMakeATableAgainThatBatchesWentTo() {
    land();
    assertThatCode(() -> known.requireSame(world.tables, World.TABLE)).doesNotThrowAnyException();
    assertThatCode(() -> known.requireNew("memory:/other")).doesNotThrowAnyException();
    world.tables.drop(World.TABLE);
    assertThatThrownBy(() -> known.requireSame(world.tables, World.TABLE))
        .hasMessageContainingAll("TM-153", World.TABLE);
    assertThatThrownBy(() -> known.requireNew(World.TABLE)).hasMessageContaining("TM-153");
  }

  @Test
  void refusesAnotherTableInItsPlace() {
    land();
    world.tables.add(World.TABLE, "id-2");
    assertThatThrownBy(() -> known.requireSame(world.tables, World.TABLE))
        .hasMessageContainingAll("TM-152", "id-1", "id-2");
  }

  private void land() {
    world.produce(P0, 5);
    world.start(0, List.of(P0));
    world.settle();
  }
}
