package io.tidemark.sink.file;

import io.tidemark.checkpoint.TidemarkException;

/** Places where no table can be, TM-245 and TM-246. */
public final class PlaceErrors {

  private PlaceErrors() {}

  /**
   * The place cannot be used on this worker.
   *
   * @param key that names it
   * @param why as the end of a sentence, with the remedy
   */
  public static TidemarkException unusable(String key, String location, String why) {
    return new TidemarkException(
        "TM-245",
        "Cannot write tables at " + location + " (" + key + "): " + why + " Nothing was written.",
        null);
  }
}
