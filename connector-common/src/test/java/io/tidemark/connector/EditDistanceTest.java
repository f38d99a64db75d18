package io.tidemark.connector;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far words are from each other. */
class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({"'', abc, 3", "abc, abc, 0", "abc, acb, 1", "abc, abd, 1", "kitten, sitting, 3"})
  void countsSlipsOfTheKeyboard(String one, String other, int slips) {
    assertThat(EditDistance.between(one, other)).isEqualTo(slips);
  }

  @Property
  void isAsFarThereAsBackAndNeverFurtherThanTheLongerWord(
      @ForAll @AlphaChars @StringLength(max = 12) String one,
      @ForAll @AlphaChars @StringLength(max = 12) String other) {
    int distance = EditDistance.between(one, other);
    assertThat(distance)
        .isEqualTo(EditDistance.between(other, one))
        .isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
    assertThat(distance == 0).isEqualTo(one.equals(other));
  }
}
