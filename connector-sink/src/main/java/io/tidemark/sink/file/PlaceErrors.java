package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;

/** Locations where no table can be, TM-245 and TM-246. */
public final class PlaceErrors {

  private PlaceErrors() {}

  /**
   * The directory of a table to be created has other files, and no table.
   *
   * @param file one of them
   */
  static TidemarkException taken(String location, String file) {
    return TidemarkException.of(
        "TM-246",
        """
        Cannot create table %s: the directory has no Delta table, but it has other files, such as
        %s. VACUUM of the new table would delete them. Nothing was written. Correct the location,
        move the files to another directory, or set table.create.among.files=true.
        """,
        location,
        file);
  }

  /**
   * This worker cannot use the location.
   *
   * @param key that names the location
   * @param why the cause and the remedy, in sentences; the first begins in lower case
   */
  public static TidemarkException unusable(String key, String location, String why) {
    return TidemarkException.of(
        "TM-245", "Cannot write tables at %s (%s): %s Nothing was written.", location, key, why);
  }
}
