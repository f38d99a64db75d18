package io.tidemark.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiDigitsTest {

  private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale format = Locale.getDefault(Locale.Category.FORMAT);

  @AfterEach
  void restore() {
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ar-EG",
        "ar-SA",
        "fa-IR",
        "mr-IN",
        "bn-BD",
        "ne-NP",
        "my-MM",
        "th-TH-u-nu-thai",
        "en-US-u-nu-arab"
      })
  void formatsAsKernelDoesWithDigitsThatReadersKnow(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(String.format("%020d", 7)).as("before").doesNotContain("7");
    AsciiDigits.ensure();
    assertThat(String.format("%020d", 7)).isEqualTo("00000000000000000007");
    assertThat(Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag()).isEqualTo(tag);
    assertThat(Locale.getDefault(Locale.Category.FORMAT).getCountry())
        .isEqualTo(Locale.forLanguageTag(tag).getCountry());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "de-DE", "th-TH", "hi-IN", "und"})
  void leavesOtherLocalesAlone(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    AsciiDigits.ensure();
    assertThat(Locale.getDefault(Locale.Category.FORMAT).toLanguageTag()).isEqualTo(tag);
  }

  @Test
  void knowsTheOldThaiLocale() {
    Locale.setDefault(new Locale("th", "TH", "TH"));
    AsciiDigits.ensure();
    assertThat(String.format("%020d", 7)).isEqualTo("00000000000000000007");
  }
}
