package io.tidemark.source.error;

import io.tidemark.common.TidemarkException;
import java.util.Map;

/** What can go wrong with offsets, starting points and rows of a source, from {@code TM-500}. */
public final class SourceErrors {

  private SourceErrors() {}

  /** Too many failures in a row. */
  public static TidemarkException retriesExhausted(
      String table, int failures, Throwable lastFailure) {
    return new TidemarkException(
        "TM-500",
        "Gave up to read "
            + table
            + " after "
            + failures
            + " failures in a row, the last one: "
            + lastFailure
            + ". Nothing is lost: once the cause is gone, restart the task and it continues behind"
            + " the last record that was committed. task.max.failures sets how many failures are"
            + " borne.",
        lastFailure);
  }

  /** Offsets of the table name another number of shards. */
  public static TidemarkException shardsChanged(String table, int found, int configured) {
    return new TidemarkException(
        "TM-501",
        "Cannot continue to read "
            + table
            + " with table.shards="
            + configured
            + ": its offsets are those of "
            + found
            + " shards, and a shard of one number is none of another. Set table.shards="
            + found
            + " again, or stop the connector, reset its offsets (DELETE"
            + " /connectors/<name>/offsets) and start anew.",
        null);
  }

  /** A stored offset that cannot be understood. */
  public static TidemarkException storedOffset(Map<String, ?> partition, String why) {
    return new TidemarkException(
        "TM-502",
        "Cannot understand the stored offset of "
            + partition
            + ": "
            + why
            + ". A newer release may have written it: run that one. Otherwise stop the connector and"
            + " set the offsets of the table (PATCH /connectors/<name>/offsets).",
        null);
  }

  /** Some shards have offsets, and nothing is known of another one. */
  public static TidemarkException shardUnknown(String table, int shard, int shards) {
    return new TidemarkException(
        "TM-503",
        "Cannot tell where shard "
            + shard
            + "/"
            + shards
            + " of "
            + table
            + " continues: other shards have offsets, this one has none. Some were reset alone. Stop"
            + " the connector and set the offsets of all shards (PATCH"
            + " /connectors/<name>/offsets), or reset them all.",
        null);
  }

  /** A partition in a request to alter offsets that is none of ours. */
  public static TidemarkException noPartition(Map<String, ?> partition, int shards) {
    return alteration(
        partition
            + " is no partition of a Delta source, which looks like {\"shard\": \"/lake/orders 0/"
            + shards
            + "\"}");
  }

  /** An offset for a table that the connector does not read. */
  public static TidemarkException offsetOfOtherTable(String table) {
    return alteration(
        "the connector does not read "
            + table
            + ". Write the table exactly as table.path or table.paths have it");
  }

  /** A table in another spelling than offsets have it, under which nobody would find the offset. */
  public static TidemarkException offsetOfOtherSpelling(
      Map<String, ?> partition, Map<String, ?> canonical) {
    return alteration("Connect keeps the offset of " + partition + " as that of " + canonical);
  }

  /** An offset for another number of shards. */
  public static TidemarkException offsetOfOtherShards(String table, int found, int configured) {
    return alteration(
        "it names "
            + found
            + " shards of "
            + table
            + ", and table.shards is "
            + configured
            + ". Name shards \"<table> 0/"
            + configured
            + "\" to \"<table> "
            + (configured - 1)
            + "/"
            + configured
            + "\"");
  }

  /** An offset that makes no sense. */
  public static TidemarkException alteredOffset(Map<String, ?> partition, String why) {
    return alteration(
        "the offset of "
            + partition
            + " is none: "
            + why
            + ". Write {\"version\": 7} to continue with version 7");
  }

  /** Offsets for some shards of a table only. */
  public static TidemarkException offsetsOfSomeShards(String table, long given, int shards) {
    return alteration(
        given
            + " of the "
            + shards
            + " shards of "
            + table
            + " get an offset. The offset of one shard tells of the others too, so give all of them"
            + " one, or reset them all with null");
  }

  private static TidemarkException alteration(String why) {
    return new TidemarkException(
        "TM-504",
        "Cannot alter the offsets: "
            + why
            + ". Nothing was changed. See docs/concepts/delta-source.md#offsets.",
        null);
  }

  /** A starting version that does not exist yet. */
  public static TidemarkException startsInTheFuture(String table, long wanted, long newest) {
    return new TidemarkException(
        "TM-505",
        "Cannot start to read "
            + table
            + " at version "
            + wanted
            + ": its newest version is "
            + newest
            + ". Set starting.version to "
            + (newest + 1)
            + " at most; latest is the version that comes next.",
        null);
  }

  /** A commit that changes rows, on a plain stream. */
  public static TidemarkException changeCommit(
      String table, long version, String operation, int removed, int added) {
    return new TidemarkException(
        "TM-510",
        "Cannot read version "
            + version
            + " of "
            + table
            + " as appended rows: its "
            + named(operation)
            + " removes "
            + removed
            + " files of data and adds "
            + added
            + ", so that rows were updated or deleted. Nothing of it was sent. To get the changes,"
            + " read the change feed with a new connector that has read.change.feed=true. To leave"
            + " such versions out as a whole, their new rows included, set skip.change.commits=true.",
        null);
  }

  /** A commit that only removes rows, on a plain stream. */
  public static TidemarkException deleteCommit(
      String table, long version, String operation, int removed) {
    return new TidemarkException(
        "TM-511",
        "Cannot read version "
            + version
            + " of "
            + table
            + " as appended rows: its "
            + named(operation)
            + " removes "
            + removed
            + " files of data and adds none, so that rows were deleted. To get the deletes, read the"
            + " change feed with a new connector that has read.change.feed=true. To leave deletes"
            + " out, set ignore.deletes=true.",
        null);
  }

  private static String named(String operation) {
    return operation.isEmpty() ? "commit" : "operation " + operation;
  }

  private static TidemarkException versionsGone(String what, Throwable cause) {
    return new TidemarkException("TM-520", what, cause);
  }

  private static TidemarkException otherHistory(String what) {
    return new TidemarkException("TM-524", what, null);
  }

  /** Versions that log retention has removed. */
  public static TidemarkException versionsMissing(
      String table, long version, long earliest, Throwable cause) {
    return versionsGone(
        "Cannot continue to read "
            + table
            + " at version "
            + version
            + ": its log "
            + (earliest < 0 ? "does not have it any more" : "begins with version " + earliest)
            + ". Log retention removed it before it was read. Restore the log files, or set"
            + " fail.on.data.loss=false to go on without what is lost. Let the table keep its log for"
            + " longer (delta.logRetentionDuration).",
        cause);
  }

  /** Versions that are missing between others. */
  public static TidemarkException versionsInBetweenMissing(
      String table, long version, long next, Throwable cause) {
    return versionsGone(
        "Cannot continue to read "
            + table
            + " at version "
            + version
            + ": its log does not have it, though it has version "
            + next
            + ". Its commit was removed by hand or by others. Restore the log files, or set"
            + " fail.on.data.loss=false to go on with version "
            + next
            + ".",
        cause);
  }

  /** A commit that is there, and of whose rows nobody knows the columns. */
  public static TidemarkException columnsMissing(
      String table, long version, long toldFrom, Throwable cause) {
    return new TidemarkException(
        "TM-526",
        "Cannot read version "
            + version
            + " of "
            + table
            + ": its commit is in the log, but the table checkpoint or commit that tells the"
            + " columns of its rows has been removed; they are told from version "
            + toldFrom
            + " on. Restore the log files before it; or begin with version "
            + toldFrom
            + " (starting.version, or PATCH /connectors/<name>/offsets once there are offsets); or"
            + " set fail.on.data.loss=false to go on with it.",
        cause);
  }

  /** A data file that VACUUM has removed. */
  public static TidemarkException fileMissing(
      String table, long version, String file, Throwable cause) {
    return new TidemarkException(
        "TM-521",
        "Cannot read file "
            + file
            + " of version "
            + version
            + " of "
            + table
            + ": it is gone. VACUUM removed it before it was read. Restore the file, or set"
            + " fail.on.data.loss=false to go on without its rows. VACUUM with a longer retention.",
        cause);
  }

  /** There was a table, and there is none any more. */
  public static TidemarkException tableDropped(String table, long version, Throwable cause) {
    return new TidemarkException(
        "TM-522",
        "Cannot continue to read "
            + table
            + " at version "
            + version
            + ": there is no table any more. Restore it; or set fail.on.data.loss=false to wait for a"
            + " new table and read that from its start.",
        cause);
  }

  /** Another table stands where the one was that has been read. */
  public static TidemarkException tableRecreated(
      String table, long version, String known, String found) {
    return new TidemarkException(
        "TM-523",
        "Cannot continue to read "
            + table
            + " at version "
            + version
            + ": its id is "
            + found
            + ", and what has been read so far came from "
            + known
            + ". The table was dropped and created again. Restore the old one; or set"
            + " fail.on.data.loss=false to read the new one from its start; or stop the connector and"
            + " reset its offsets (DELETE /connectors/<name>/offsets).",
        null);
  }

  /** The newest versions are gone. */
  public static TidemarkException versionsVanished(String table, long version, long newest) {
    return otherHistory(
        "Cannot continue to read "
            + table
            + " at version "
            + version
            + ": its newest version is "
            + newest
            + ", although later ones have been read. Its log was restored from a backup, or damaged."
            + " Restore the missing versions; or "
            + OTHER_HISTORY);
  }

  private static final String OTHER_HISTORY =
      "stop the connector and set the offsets of the table to the first version that took the place"
          + " of another one (PATCH /connectors/<name>/offsets); or set fail.on.data.loss=false to go"
          + " on with the first that is known to be another one. Rows of the versions that are no"
          + " more stay in the topic.";

  /** The table was put back and written to again. */
  public static TidemarkException versionsReplaced(String table, long version, long replaced) {
    return otherHistory(
        "Cannot continue to read "
            + table
            + " at version "
            + version
            + ": its version "
            + replaced
            + " is another one than that which was read. The table was put back to an earlier version"
            + " and written to again, so that numbers that were read mean other rows. Put back the"
            + " log that was read; or "
            + OTHER_HISTORY);
  }

  /** The commit that tells whether the table is still the same is gone. */
  public static TidemarkException historyUnproven(String table, long version, long gone) {
    return new TidemarkException(
        "TM-525",
        "Cannot tell whether to continue to read "
            + table
            + " at version "
            + version
            + ": version "
            + gone
            + " was read, and its commit has been removed from the log, so that it cannot be"
            + " compared. If the table was not put back to an earlier version since, stop the"
            + " connector and set the offsets of the table to version "
            + (version == gone ? version + 1 : version)
            + " (PATCH /connectors/<name>/offsets), or let it start once with"
            + " fail.on.data.loss=false. Let the table keep its log for longer"
            + " (delta.logRetentionDuration).",
        null);
  }

  /** A key field that the table has not, or that cannot be a key. */
  public static TidemarkException keyField(String table, long version, String field, String why) {
    return new TidemarkException(
        "TM-530",
        "Cannot make keys of field "
            + field
            + " of "
            + table
            + " at version "
            + version
            + ": "
            + why
            + ". Correct key.fields.",
        null);
  }
}
