package io.tidemark.delta.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.Refusals;
import io.tidemark.delta.table.TableErrorCode;

/** Makes every error of reading that a person has to read. */
final class ReadErrors {

  /** Why a table cannot be read that Kernel does not take. */
  static final Refusals REFUSALS =
      new Refusals() {
        @Override
        public TidemarkException unsupported(String location, Exception cause) {
          return error(
              TableErrorCode.UNREADABLE_FEATURE,
              "Cannot read table " + location + ": " + sentence(cause.getMessage()),
              cause);
        }

        @Override
        public TidemarkException catalogManaged(String location) {
          return unreadableFeature(
              location, "table feature catalogManaged", "Read a table without that feature.");
        }

        @Override
        public TidemarkException unreadable(String location, String why, Exception cause) {
          return error(
              TableErrorCode.UNREADABLE_TABLE,
              "Cannot read the Delta log of table " + location + ": " + sentence(why),
              cause);
        }
      };

  private ReadErrors() {}

  /** Why a file cannot be read of which Kernel reads the deletion vector. */
  static Refusals ofFile(long version, String path) {
    return new Refusals() {
      @Override
      public TidemarkException unsupported(String location, Exception cause) {
        return REFUSALS.unsupported(location, cause);
      }

      @Override
      public TidemarkException catalogManaged(String location) {
        return REFUSALS.catalogManaged(location);
      }

      @Override
      public TidemarkException unreadable(String location, String why, Exception cause) {
        return unreadableFile(location, version, path, "its deletion vector: " + why, cause);
      }
    };
  }

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

  static TidemarkException unreadableFile(
      String location, long version, String path, String why, Exception cause) {
    return error(
        TableErrorCode.UNREADABLE_FILE,
        "Cannot read file "
            + path
            + " of version "
            + version
            + " of table "
            + location
            + ": "
            + sentence(why),
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

  private static String sentence(String why) {
    String text = String.valueOf(why).strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
