package io.tidemark.delta.read;

import io.delta.kernel.data.Row;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.tidemark.delta.kernel.Definition;
import io.tidemark.delta.kernel.DeletionVector;
import io.tidemark.delta.kernel.Texts;
import java.util.Map;
import java.util.Optional;

/**
 * A file action of a commit.
 *
 * @param bytes size of the file; -1 when the log does not have it
 * @param partition partition values as text, by the name of the column in the log; null when the
 *     log does not have them
 * @param deleted deletion vector of the file, or null
 */
record LogFile(
    Kind kind,
    String path,
    long bytes,
    Map<String, String> partition,
    boolean dataChange,
    DeletionVector deleted) {

  enum Kind {
    ADD(0),
    REMOVE(1),
    /** A file of the change data feed. */
    CHANGE(2);

    /** Index of the action in {@link #FILES}. */
    private final int at;

    Kind(int at) {
      this.at = at;
    }
  }

  private static final StructType FILE =
      new StructType()
          .add("path", StringType.STRING)
          .add("size", LongType.LONG)
          .add("partitionValues", Texts.TYPE)
          .add("dataChange", BooleanType.BOOLEAN)
          .add("deletionVector", DeletionVector.SCHEMA);

  private static final StructType COMMIT_INFO =
      new StructType().add("inCommitTimestamp", LongType.LONG).add("operation", StringType.STRING);

  /** The file actions of a commit, in the order of {@link Kind}. */
  static final StructType FILES =
      new StructType().add("add", FILE).add("remove", FILE).add("cdc", FILE);

  /** All that is read of a commit: the file actions, then the other actions. */
  static final StructType ACTIONS = Definition.withActions(FILES).add("commitInfo", COMMIT_INFO);

  static final int DEFINITION_AT = 3;
  static final int COMMIT_INFO_AT = 5;

  /** The file action in a line of a commit, if it has one. */
  static Optional<LogFile> of(Row action) {
    for (Kind kind : Kind.values()) {
      if (!action.isNullAt(kind.at)) {
        return Optional.of(of(kind, action.getStruct(kind.at)));
      }
    }
    return Optional.empty();
  }

  private static LogFile of(Kind kind, Row file) {
    return new LogFile(
        kind,
        file.getString(0),
        file.isNullAt(1) ? -1 : file.getLong(1),
        file.isNullAt(2) ? null : Texts.of(file.getMap(2)),
        file.isNullAt(3) || file.getBoolean(3),
        file.isNullAt(4) ? null : DeletionVector.of(file.getStruct(4)));
  }
}
