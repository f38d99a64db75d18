package io.tidemark.source.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offsets that somebody sets through REST. */
class OffsetAlterationTest {

  private static final String TABLE = "/lake/orders";

  private final OffsetAlteration alteration = new OffsetAlteration(Set.of(TABLE), 4);

  private static Map<Map<String, ?>, Map<String, ?>> all(Map<String, ?> offset) {
    Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    for (int shard = 0; shard < 4; shard++) {
      offsets.put(new TableShard(TABLE, shard, 4).partition(), offset);
    }
    return offsets;
  }

  /** Connect finds offsets by bytes: two entries might come in another order. */
  @Test
  void partitionIsOneEntry() {
    TableShard shard = new TableShard("/lake/with space", 3, 16);
    assertThat(shard.partition()).isEqualTo(Map.of("shard", "/lake/with space 3/16"));
    assertThat(TableShard.of(shard.partition())).contains(shard);
  }

  @Test
  void takesAVersionForAllShards() {
    assertThatCode(() -> alteration.check(all(Map.of("version", 7)))).doesNotThrowAnyException();
    assertThatCode(() -> alteration.check(all(Map.of("version", 7L, "snapshot", true))))
        .doesNotThrowAnyException();
  }

  @Test
  void takesAResetOfWhateverThereIs() {
    Map<Map<String, ?>, Map<String, ?>> some = new HashMap<>();
    some.put(new TableShard(TABLE, 2, 4).partition(), null);
    some.put(new TableShard("/lake/that-was-read-once", 2, 16).partition(), null);
    assertThatCode(() -> alteration.check(some)).doesNotThrowAnyException();
  }

  @Test
  void aTableHasOneNameHoweverItIsSpelled() {
    for (String spelling :
        new String[] {"file:/lake/orders", "file:///lake/orders", "/lake//./orders"}) {
      assertThat(new TableShard(spelling, 3, 4)).isEqualTo(new TableShard(TABLE, 3, 4));
      assertThatCode(
              () -> new OffsetAlteration(Set.of(spelling), 4).check(all(Map.of("version", 7))))
          .doesNotThrowAnyException();
      assertRefused(
          Map.of(Map.of("shard", spelling + " 0/4"), Map.of("version", 7)),
          "under {shard=/lake/orders 0/4}");
    }
    assertThat(new TableShard("s3a://lake//orders", 3, 4).table()).isEqualTo("s3a://lake//orders");
  }

  @Test
  void refusesOffsetsForSomeShards() {
    Map<Map<String, ?>, Map<String, ?>> offsets = all(Map.of("version", 7));
    offsets.remove(new TableShard(TABLE, 2, 4).partition());
    assertRefused(offsets, "3 of the 4 shards of /lake/orders get an offset");
    offsets.put(new TableShard(TABLE, 2, 4).partition(), null);
    assertRefused(offsets, "3 of the 4 shards of /lake/orders get an offset");
  }

  @Test
  void refusesTheProgressOfOtherShards() {
    assertRefused(all(Map.of("version", 7, "shards", "0-3=0//9/0/0")), "remove the entry shards");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"row": 1}                                  | version is missing
          {"version": -1}                             | version must not be negative
          {"version": "7"}                            | version must be a whole number
          {"version": 7.5}                            | version must be a whole number
          {"version": 7, "snapshot": "yes"}           | snapshot must be true or false
          {"version": 7, "file": "a"}                 | file belongs to a snapshot
          {"version": 7, "snapshot": true, "change": 1} | change belongs to the tail
          {"version": 7, "versoin": 1}                | unknown entry versoin
          {"version": 7, "commit": "6"}               | commit is malformed
          {"version": 7, "commit": "9-ab"}            | commit is of version 9, which is not 7
          {"version": 7, "snapshot": true, "file": "a"} | modifiedMs is missing
          """)
  void refusesAnOffsetThatIsNone(String json, String why) throws Exception {
    @SuppressWarnings("unchecked")
    Map<String, Object> offset =
        new com.fasterxml.jackson.databind.ObjectMapper().readValue(json, Map.class);
    assertRefused(all(offset), why);
  }

  @Test
  void refusesPartitionsThatAreNotOfTheConnector() {
    Map<String, ?> offset = Map.of("version", 7);
    assertRefused(
        Map.of(Map.of("table", TABLE, "shard", "0/4"), offset),
        "is not a partition of this source");
    assertRefused(
        Map.of(Map.of("shard", TABLE + " 4/4"), offset), "is not a partition of this source");
    assertRefused(
        Map.of(Map.of("shard", TABLE + " 01/4"), offset), "is not a partition of this source");
    assertRefused(
        Map.of(Map.of("shard", TABLE + " 0/8"), offset), "names 8 shards of /lake/orders");
    assertRefused(
        Map.of(Map.of("shard", "/lake/other 0/4"), offset),
        "the connector does not read /lake/other");
  }

  private void assertRefused(Map<Map<String, ?>, Map<String, ?>> offsets, String why) {
    assertThatThrownBy(() -> new OffsetAlteration(Set.of(TABLE), 4).check(offsets))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-504 ")
        .hasMessageContaining(why);
  }
}
