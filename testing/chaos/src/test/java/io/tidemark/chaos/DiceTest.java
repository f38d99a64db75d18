package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceTest {

  @Test
  void decidesTheSameForTheSameSeed() {
    assertThat(throwsOf(new Dice(7))).isEqualTo(throwsOf(new Dice(7)));
    assertThat(new Dice(7).shuffled(Disturbances.ALL))
        .isEqualTo(new Dice(7).shuffled(Disturbances.ALL))
        .containsExactlyInAnyOrderElementsOf(Disturbances.ALL);
  }

  @Test
  void decidesTheSameHoweverOftenAnEventThrowsItsOwn() {
    Dice often = new Dice(7);
    throwsOf(often.split());
    Dice never = new Dice(7);
    Dice unused = never.split();

    assertThat(throwsOf(often)).isEqualTo(throwsOf(never)).isNotEqualTo(throwsOf(unused));
  }

  private static List<Integer> throwsOf(Dice dice) {
    return IntStream.range(0, 20).mapToObj(i -> dice.between(1, 1000)).toList();
  }
}
