package io.tidemark.delta.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.Refusals;
import io.tidemark.delta.table.TableErrorCode;

/** Makes all errors of this package that an operator reads. */
final class ReadErrors {

  /** Why a table cannot be read: Delta Kernel does not accept it. */
  static final Refusals REFUSALS =
      new Refusals() {
        @Override
        public TidemarkException unsupported(String location, Exception cause) {
          return error(
              TableErrorCode.UNREADABLE_FEATURE,
              cause,
              "Cannot read table %s: %s",
              location,
              sentence(cause.getMessage()));
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
              cause,
              "Cannot read the Delta log of table %s: %s",
              location,
              sentence(why));
        }
      };

  private ReadErrors() {}

  /** Why a data file cannot be read: Delta Kernel cannot read its deletion vector. */
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
        null,
        "Cannot read table %s: column %s has type %s, which is not supported.",
        location,
        column,
        type);
  }

  static TidemarkException unreadableFeature(String location, String feature, String remedy) {
    return TidemarkException.of(
        TableErrorCode.UNREADABLE_FEATURE.code(),
        "Cannot read table %s: it has %s, which Tidemark does not support. %s",
        location,
        feature,
        remedy);
  }

  static TidemarkException unreadableFile(
      String location, long version, String path, String why, Exception cause) {
    return error(
        TableErrorCode.UNREADABLE_FILE,
        cause,
        "Cannot read file %s of version %d of table %s: %s",
        path,
        version,
        location,
        sentence(why));
  }

  static TidemarkException untoldPartition(String location, long version, String path) {
    return error(
        TableErrorCode.UNTOLD_PARTITION,
        null,
        """
        Cannot read the deleted rows of version %d of table %s: the commit removes file %s without
        its partition values.
        """,
        version,
        location,
        path);
  }

  static TidemarkException gone(String location, String id, long version) {
    return error(
        TableErrorCode.TABLE_GONE,
        null,
        "Table %s (id %s) does not exist any more. It was last seen at version %d.",
        location,
        id,
        version);
  }

  private static TidemarkException error(
      TableErrorCode code, Throwable cause, String template, Object... arguments) {
    String what = TidemarkException.message(template, arguments);
    return TidemarkException.of(code.code(), cause, "%s %s", what, code.remedy());
  }

  private static String sentence(String why) {
    String text = String.valueOf(why).strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
