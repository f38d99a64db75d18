package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;

/** Places where no table can be, TM-245 and TM-246. */
public final class PlaceErrors {

  private PlaceErrors() {}

  /**
   * There are files of others and no table.
   *
   * @param file one of them
   */
  static TidemarkException taken(String location, String file) {
    return new TidemarkException(
        "TM-246",
        "Cannot create table "
            + location
            + ": there is no Delta table, but "
            + file
            + " is there, and VACUUM of a table there would delete it. Nothing was written. Correct"
            + " the location, move the files away, or set table.create.among.files=true.",
        null);
  }

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
