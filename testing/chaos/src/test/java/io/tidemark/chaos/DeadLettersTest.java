package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.chaos.Ledger.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final TopicPartition PARTITION = new TopicPartition("alpha", 1);
  private static final Set<Place> POISON =
      new Ledger(7, Map.of(PARTITION, new Ledger.Part(0, 5_000))).poison();

  @Test
  void poisonsAboutOneRecordIn500AndNeverTheFirst() {
    assertThat(POISON).hasSizeBetween(5, 20).doesNotContain(new Place(PARTITION, 0));
  }

  @Test
  void findsNothingWrongWithLettersThatCameTwice() {
    List<Place> places = new ArrayList<>(POISON);
    places.addAll(POISON);

    assertThat(new DeadLetters(places).missing(POISON)).isZero();
    assertThat(new DeadLetters(places).good(POISON)).isZero();
  }

  @Test
  void findsTheMissingLetterAndThatOfAGoodRecord() {
    List<Place> places = new ArrayList<>(POISON);
    places.set(1, new Place(PARTITION, 0));

    assertThat(new DeadLetters(places).missing(POISON)).isEqualTo(1);
    assertThat(new DeadLetters(places).good(POISON)).isEqualTo(1);
  }
}
