package io.tidemark.source.offset;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which position is further, and positions as text and as offsets. */
class PositionTest {

  @Provide
  static Arbitrary<Position> positions() {
    Arbitrary<Long> small = Arbitraries.longs().between(0, 3);
    Arbitrary<String> texts = Arbitraries.strings().withChars("ab/%=;,+ ü").ofMaxLength(4);
    return Combinators.combine(
            small, texts, small, small, texts, small, Arbitraries.of(true, false), small)
        .as(
            (generation, id, version, row, file, more, snapshot, mark) ->
                (snapshot
                        ? Position.snapshot(generation, id, version).inFile(more - 2, file, row)
                        : Position.tail(generation, id, version).inChange(more.intValue(), row))
                    .marked(
                        mark == 0
                            ? CommitMark.NONE
                            : new CommitMark(
                                Math.max(0, version - mark % 2), Long.toHexString(mark))));
  }

  @Property
  void textTellsEverything(@ForAll("positions") Position position) {
    assertThat(PositionText.parse(PositionText.of(position))).contains(position);
    assertThat(PositionText.of(position)).doesNotContain(",", ";", "=");
  }

  @Property
  void offsetTellsEverything(
      @ForAll("positions") Position position, @ForAll("positions") Position other)
      throws MalformedOffsetException {
    ShardPositions known = ShardPositions.all(4, other).with(2, position);
    SourceOffset offset = SourceOffset.of(SourceOffset.map(position, known.text()), 4);
    assertThat(offset).isEqualTo(new SourceOffset(position, known));
  }

  @Property
  void nextVersionIsAfterEverythingOfItsVersion(
      @ForAll("positions") Position one, @ForAll("positions") Position other) {
    if (one.sameSection(other)) {
      assertThat(one.isBefore(other.nextVersion())).isTrue();
    }
    if (one.version() < other.version()) {
      assertThat(one.isBefore(other)).isTrue();
    }
  }

  @Property
  void laterGenerationIsFurtherWhateverTheVersion(
      @ForAll("positions") Position one, @ForAll("positions") Position other) {
    assertThat(one.inGeneration(5)).isGreaterThan(other);
  }

  @Property
  void furthestIsNeverLessThanEither(
      @ForAll("positions") Position one, @ForAll("positions") Position other) {
    ShardPositions merged =
        ShardPositions.none(2).with(0, one).furthest(ShardPositions.all(2, other));
    assertThat(merged.of(0).orElseThrow()).isGreaterThanOrEqualTo(one);
    assertThat(merged.of(0).orElseThrow()).isGreaterThanOrEqualTo(other);
    assertThat(merged.of(1)).contains(other);
  }

  @Test
  void neighboursThatAreEquallyFarShareAnEntry() {
    ShardPositions positions =
        ShardPositions.all(8, Position.tail(0, "t", 7)).with(3, Position.snapshot(0, "t", 4));
    assertThat(positions.text())
        .isEqualTo("0-2=0/t/7/0/0/;3=0/t/4/s/0/-9223372036854775808//;4-7=0/t/7/0/0/");
    assertThat(ShardPositions.parse(positions.text(), 8)).contains(positions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0-8=0/t/7/0/0/",
        "8=0/t/7/0/0/",
        "0/t/7/0/0/",
        "0-1",
        "2-1=0/t/7/0/0/",
        "0=0/t/-7/0/0/",
        "0=0/t/7/0/0",
        "0=0/t/7/0/0/6",
        "0=0/t/7/0/0/6-x",
        "0=0/t/7/0/",
        "0=0/t/7/x/0/0/f/",
        "0=a/t/7/0/0/",
        "0=0/%/7/0/0/",
        ";"
      })
  void refusesTextThatIsNone(String text) {
    assertThat(ShardPositions.parse(text, 8)).isEmpty();
  }

  /** Values that are in offsets everywhere by now. */
  @Test
  void shardOfAFileStaysForEver() {
    Shards shards = new Shards(16);
    assertThat(shards.of("part-00000-a.c000.zstd.parquet")).isEqualTo(SHARD_A);
    assertThat(shards.of("country=DE/part-00001-b.parquet")).isEqualTo(SHARD_B);
    assertThat(shards.of("")).isZero();
  }

  private static final int SHARD_A = 4;
  private static final int SHARD_B = 9;

  @Test
  void filesSpreadOverShards() {
    Shards shards = new Shards(16);
    Integer[] files = new Integer[16];
    java.util.Arrays.fill(files, 0);
    for (int i = 0; i < 16_000; i++) {
      files[shards.of("part-" + i + ".parquet")]++;
    }
    assertThat(files).allSatisfy(count -> assertThat(count).isBetween(800, 1200));
  }
}
