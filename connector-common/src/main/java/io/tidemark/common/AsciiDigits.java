package io.tidemark.common;

import java.text.DecimalFormatSymbols;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures ASCII digits in file names in every locale. Delta Kernel and Hadoop format numbers in the
 * default locale, and some locales (ar-EG, fa-IR, mr-IN) do not use the digits 0 to 9: the versions
 * of tables would then have names that readers do not find.
 */
public final class AsciiDigits {

  private static final Logger LOG = LoggerFactory.getLogger(AsciiDigits.class);

  private AsciiDigits() {}

  /**
   * Makes the default locale use the digits 0 to 9 and changes nothing else in it, for the whole
   * JVM, with a warning. Call it before using libraries that name files.
   */
  public static synchronized void ensure() {
    Locale found = Locale.getDefault(Locale.Category.FORMAT);
    if (areAscii(found)) {
      return;
    }
    Locale plain = withAsciiDigits(found);
    Locale.setDefault(Locale.Category.FORMAT, plain);
    LOG.warn(
        "Locale {} does not format numbers with the digits 0 to 9, so readers would not find files"
            + " whose names contain numbers. The whole JVM now formats numbers as in {}",
        found.toLanguageTag(),
        plain.toLanguageTag());
  }

  private static Locale withAsciiDigits(Locale locale) {
    try {
      Locale plain =
          new Locale.Builder().setLocale(locale).setUnicodeLocaleKeyword("nu", "latn").build();
      return areAscii(plain) ? plain : Locale.ROOT;
    } catch (IllformedLocaleException e) {
      return Locale.ROOT;
    }
  }

  private static boolean areAscii(Locale locale) {
    return DecimalFormatSymbols.getInstance(locale).getZeroDigit() == '0';
  }
}
