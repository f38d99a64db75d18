package io.tidemark.delta.read;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.delta.table.TableErrorCode;

/** Makes every error of reading that a person has to read. */
final class ReadErrors {

  private ReadErrors() {}

  static TidemarkException unreadableType(String location, String column, String type) {
    return error(
        TableErrorCode.UNREADABLE_TYPE,
        "Cannot read table "
            + location
            + ": type "
            + type
            + " of column "
            + column
            + " is not supported.",
        null);
  }

  static TidemarkException unreadableFeature(String location, String feature, String remedy) {
    return new TidemarkException(
        TableErrorCode.UNREADABLE_FEATURE.code(),
        "Cannot read table " + location + ": it uses " + feature + ". " + remedy,
        null);
  }

  static TidemarkException unreadableLog(String location, Exception cause) {
    return error(
        TableErrorCode.UNREADABLE_TABLE,
        "Cannot read the Delta log of table " + location + ": " + sentence(cause),
        cause);
  }

  static TidemarkException unreadableProtocol(String location, Exception cause) {
    return error(
        TableErrorCode.UNREADABLE_FEATURE,
        "Cannot read table " + location + ": " + sentence(cause),
        cause);
  }

  static TidemarkException notJson(String location, Exception cause) {
    return error(
        TableErrorCode.UNREADABLE_TABLE,
        "Cannot read the Delta log of table " + location + ": a line of it is not JSON.",
        cause);
  }

  static TidemarkException unreadableFile(
      String location, long version, String path, Exception cause) {
    return error(
        TableErrorCode.UNREADABLE_FILE,
        "Cannot read file "
            + path
            + " of version "
            + version
            + " of table "
            + location
            + ": "
            + sentence(cause),
        cause);
  }

  static TidemarkException untoldPartition(String location, long version, String path) {
    return error(
        TableErrorCode.UNTOLD_PARTITION,
        "Cannot read the deleted rows of version "
            + version
            + " of table "
            + location
            + ": it removes file "
            + path
            + " without saying to which partition it belongs.",
        null);
  }

  static TidemarkException gone(String location, String id, long version) {
    return error(
        TableErrorCode.TABLE_GONE,
        "Table " + location + " (id " + id + ") is gone; it was at version " + version + ".",
        null);
  }

  private static TidemarkException error(TableErrorCode code, String what, Throwable cause) {
    return new TidemarkException(code.code(), what + " " + code.remedy(), cause);
  }

  private static String sentence(Exception cause) {
    String text = String.valueOf(cause.getMessage()).strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
