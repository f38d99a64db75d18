package io.tidemark.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.offset.SourceOffset;
import io.tidemark.source.offset.TableShard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where shards continue, by the offsets that Connect has. */
class ResumeTest {

  private static final String TABLE = "/lake/orders";
  private static final Shards SHARDS = new Shards(4);
  private static final Position INITIAL = Position.snapshot(0, "t", 3);

  private final Map<Map<String, String>, Map<String, Object>> offsets = new HashMap<>();

  private Map<Map<String, String>, Map<String, Object>> stored(
      List<Map<String, String>> partitions) {
    Map<Map<String, String>, Map<String, Object>> found = new HashMap<>();
    partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
    return found;
  }

  private void store(int shard, Position position, ShardPositions known) {
    offsets.put(
        new TableShard(TABLE, shard, 4).partition(),
        new HashMap<>(SourceOffset.map(position, known.text())));
  }

  private ShardPositions resume() {
    return Resume.of(TABLE, SHARDS, INITIAL, this::stored);
  }

  @Test
  void startsAtTheSamePositionWithoutOffsets() {
    assertThat(resume()).isEqualTo(ShardPositions.all(4, INITIAL));
  }

  @Test
  void oneOffsetDecidesWhereAllShardsStarted() {
    Position chosen = Position.tail(0, "t", 50);
    store(1, chosen.inChange(2, 3), ShardPositions.all(4, chosen));
    assertThat(resume()).isEqualTo(ShardPositions.all(4, chosen).with(1, chosen.inChange(2, 3)));
  }

  @Test
  void takesTheFurthestThatIsKnownOfAShard() {
    Position start = Position.tail(0, "t", 5);
    store(0, start.inChange(1, 1), ShardPositions.all(4, start));
    Position later = Position.tail(0, "t", 90);
    store(3, later.inChange(0, 7), ShardPositions.all(4, start).with(0, later).with(2, later));
    assertThat(resume())
        .isEqualTo(
            ShardPositions.all(4, start)
                .with(0, later)
                .with(2, later)
                .with(3, later.inChange(0, 7)));
  }

  @Test
  void refusesAnotherNumberOfShards() {
    offsets.put(new TableShard(TABLE, 5, 16).partition(), Map.of("version", 3));
    assertThatThrownBy(this::resume)
        .hasMessageStartingWith("TM-501 ")
        .hasMessageContaining("table.shards=4")
        .hasMessageContaining("Set table.shards=16 again");
  }

  @Test
  void refusesWhenNothingIsKnownOfAShard() {
    offsets.put(new TableShard(TABLE, 0, 4).partition(), Map.of("version", 3));
    assertThatThrownBy(this::resume)
        .hasMessageStartingWith("TM-503 ")
        .hasMessageContaining("shard 1/4 of /lake/orders");
  }

  @Test
  void refusesAnOffsetThatItCannotRead() {
    offsets.put(new TableShard(TABLE, 0, 4).partition(), Map.of("version", 3, "magic", 1));
    assertThatThrownBy(this::resume)
        .hasMessageStartingWith("TM-502 ")
        .hasMessageContaining("unknown entry magic");
  }

  @Test
  void readsShortOffsetsOfPeople() {
    for (int shard = 0; shard < 4; shard++) {
      offsets.put(new TableShard(TABLE, shard, 4).partition(), Map.of("version", 9));
    }
    assertThat(resume()).isEqualTo(ShardPositions.all(4, Position.tail(0, "", 9)));
  }
}
