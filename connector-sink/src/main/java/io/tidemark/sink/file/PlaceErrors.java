package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;

/** Places where no table can be written, TM-245 to TM-247. */
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
   * The native library of a codec cannot be loaded.
   *
   * @param codec as {@code parquet.codec} spells it
   */
  static TidemarkException withoutCodec(String codec, Throwable cause) {
    return TidemarkException.of(
        "TM-247",
        cause,
        """
        Cannot compress data files with %s: its native library cannot be loaded: %s. The library
        exists for Linux, macOS and Windows. It is unpacked into java.io.tmpdir, which must allow
        execution. Set another java.io.tmpdir for the worker, or parquet.codec to gzip, lz4_raw or
        uncompressed. Nothing was read or written.""",
        codec,
        cause);
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
