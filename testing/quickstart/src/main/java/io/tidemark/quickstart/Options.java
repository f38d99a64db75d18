package io.tidemark.quickstart;

/**
 * What the command line asks for.
 *
 * @param records orders to produce
 * @param keep whether broker and worker stay up until Ctrl-C
 */
record Options(int records, boolean keep) {

  static final int DEFAULT_RECORDS = 300_000;
  private static final int FEWEST_RECORDS = 10_000;
  private static final int MOST_RECORDS = 50_000_000;

  /**
   * @throws IllegalArgumentException says what is wrong in one line
   */
  static Options parse(String... arguments) {
    int records = DEFAULT_RECORDS;
    boolean keep = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--keep" -> keep = true;
        case "--records" -> {
          i++;
          records = records(i < arguments.length ? arguments[i] : "nothing");
        }
        default ->
            throw new IllegalArgumentException(
                "Unknown option " + arguments[i] + "; there are --records N and --keep.");
      }
    }
    return new Options(records, keep);
  }

  private static int records(String text) {
    try {
      int records = Integer.parseInt(text);
      if (records >= FEWEST_RECORDS && records <= MOST_RECORDS) {
        return records;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, with the bounds.
    }
    throw new IllegalArgumentException(
        "--records takes a number from %d to %d, not %s."
            .formatted(FEWEST_RECORDS, MOST_RECORDS, text));
  }
}
