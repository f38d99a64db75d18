package io.tidemark.common;

import java.text.DecimalFormatSymbols;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers in the names of files, whatever the locale of the JVM. Delta Kernel and Hadoop format
 * them in the default locale, and in some (ar-EG, fa-IR, mr-IN) digits are others than 0 to 9:
 * versions of tables would have names that no reader knows.
 */
public final class AsciiDigits {

  private static final Logger LOG = LoggerFactory.getLogger(AsciiDigits.class);

  private AsciiDigits() {}

  /**
   * Makes the digits of the default locale 0 to 9, and nothing else of it another; for the whole
   * JVM, with a warning. To be called before libraries are used that name files.
   */
  public static synchronized void ensure() {
    Locale found = Locale.getDefault(Locale.Category.FORMAT);
    if (areAscii(found)) {
      return;
    }
    Locale plain = withAsciiDigits(found);
    Locale.setDefault(Locale.Category.FORMAT, plain);
    LOG.warn(
        "Locale {} formats numbers with other digits than 0 to 9, and libraries would name files so"
            + " that nobody finds them: numbers are formatted as in {} from here on, in the whole"
            + " JVM",
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
