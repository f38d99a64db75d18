package io.tidemark.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TidemarkExceptionTest {

  @Test
  void joinsTheLinesOfAMessageAndLeavesArgumentsAsTheyAre() {
    IOException cause = new IOException();
    TidemarkException failure =
        TidemarkException.of(
            "TM-301",
            cause,
            """
            Cannot read %s: line %d is none.
            Restore it.
            """,
            "a\nb",
            12_345);
    assertThat(failure).hasMessage("TM-301 Cannot read a\nb: line 12345 is none. Restore it.");
    assertThat(failure).hasCause(cause);
    assertThat(failure.code()).isEqualTo("TM-301");
  }

  @Test
  void writesNumbersAlikeEverywhere() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(TidemarkException.of("TM-301", "batch %d", 42)).hasMessage("TM-301 batch 42");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void refusesACodeThatIsNone() {
    assertThatThrownBy(() -> TidemarkException.of("301", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
