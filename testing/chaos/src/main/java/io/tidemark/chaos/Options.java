package io.tidemark.chaos;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What the command line asks for.
 *
 * @param minutes how long the storm rages
 * @param seed decides what happens
 * @param workers number of Connect workers
 * @param recordsPerSecond what is written
 */
record Options(int minutes, long seed, int workers, int recordsPerSecond) {

  private static final int MINUTES = 30;
  private static final int WORKERS = 3;
  private static final int RECORDS_PER_SECOND = 1000;

  /**
   * @throws IllegalArgumentException says what is wrong in one line
   */
  static Options parse(String... arguments) {
    Options options =
        new Options(
            MINUTES, ThreadLocalRandom.current().nextLong(1_000_000), WORKERS, RECORDS_PER_SECOND);
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "nothing";
      options = options.with(arguments[i], value);
    }
    return options;
  }

  private Options with(String option, String value) {
    return switch (option) {
      case "--minutes" ->
          new Options((int) number(option, value, 1, 10_000), seed, workers, recordsPerSecond);
      case "--seed" ->
          new Options(
              minutes,
              number(option, value, Long.MIN_VALUE, Long.MAX_VALUE),
              workers,
              recordsPerSecond);
      case "--workers" ->
          new Options(minutes, seed, (int) number(option, value, 1, 10), recordsPerSecond);
      case "--rate" ->
          new Options(minutes, seed, workers, (int) number(option, value, 50, 100_000));
      default ->
          throw new IllegalArgumentException(
              "Unknown option "
                  + option
                  + "; there are --minutes N, --seed S, --workers N and --rate N.");
    };
  }

  private static long number(String option, String text, long low, long high) {
    try {
      long number = Long.parseLong(text);
      if (number >= low && number <= high) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, with the bounds.
    }
    throw new IllegalArgumentException(
        "%s takes a number from %d to %d, not %s.".formatted(option, low, high, text));
  }
}
