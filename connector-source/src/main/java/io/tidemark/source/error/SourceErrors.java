package io.tidemark.source.error;

import io.tidemark.common.TidemarkException;
import java.util.Map;

/** What can go wrong with offsets, starting points and rows of a source, from {@code TM-500}. */
public final class SourceErrors {

  /** The remedy when versions that were read are gone or replaced. */
  private static final String OTHER_HISTORY =
      """
      stop the connector and set the offsets of the table to the first version that replaced another
      one (PATCH /connectors/<name>/offsets); or set fail.on.data.loss=false to continue with the
      first version that is known to be replaced. Rows of the versions that no longer exist stay in
      the topic.""";

  private SourceErrors() {}

  /** Too many consecutive failures. */
  public static TidemarkException retriesExhausted(
      String table, int failures, Throwable lastFailure) {
    return TidemarkException.of(
        "TM-500",
        lastFailure,
        """
        Gave up reading %s after %d consecutive failures, the last one: %s. Nothing is lost: remove
        the cause and restart the task; it continues right after the last record that was committed.
        task.max.failures sets how many consecutive failures are tolerated.""",
        table,
        failures,
        lastFailure);
  }

  /** The stored offsets were written with another {@code table.shards}. */
  public static TidemarkException shardsChanged(String table, int found, int configured) {
    return TidemarkException.of(
        "TM-501",
        """
        Cannot continue to read %s with table.shards=%d: its stored offsets were written with
        table.shards=%d, and offsets cannot be carried over to a different number of shards. Set
        table.shards=%d again, or stop the connector, reset its offsets (DELETE
        /connectors/<name>/offsets) and start again.""",
        table,
        configured,
        found,
        found);
  }

  /** A stored offset that cannot be understood. */
  public static TidemarkException storedOffset(Map<String, ?> partition, String why) {
    return TidemarkException.of(
        "TM-502",
        """
        Cannot understand the stored offset of %s: %s. A newer release may have written it: run that
        release. Otherwise stop the connector and set the offsets of the table (PATCH
        /connectors/<name>/offsets).""",
        partition,
        why);
  }

  /** A shard has no offset, while others of its table have one. */
  public static TidemarkException shardUnknown(String table, int shard, int shards) {
    return TidemarkException.of(
        "TM-503",
        """
        Cannot find out where shard %d/%d of %s continues: it has no offset, but other shards of the
        table have one. The offsets of some shards were probably reset alone. Stop the connector and
        set the offsets of all shards (PATCH /connectors/<name>/offsets), or reset them all.""",
        shard,
        shards,
        table);
  }

  /** A request to alter offsets names a partition that this source does not have. */
  public static TidemarkException noPartition(Map<String, ?> partition, int shards) {
    return alteration(
        "%s is not a partition of this source. Expected {\"shard\": \"/lake/orders 0/%d\"}",
        partition, shards);
  }

  /** An offset for a table that the connector does not read. */
  public static TidemarkException offsetOfOtherTable(String table) {
    return alteration(
        """
        the connector does not read %s. Write the table exactly as in table.path or table.paths""",
        table);
  }

  /** A table in another spelling than stored offsets have; the offset would not be found. */
  public static TidemarkException offsetOfOtherSpelling(
      Map<String, ?> partition, Map<String, ?> canonical) {
    return alteration(
        "Connect stores the offset of %s under %s. Write it that way", partition, canonical);
  }

  /** An offset for another number of shards. */
  public static TidemarkException offsetOfOtherShards(String table, int found, int configured) {
    return alteration(
        """
        it names %d shards of %s, and table.shards is %d. Name shards "<table> 0/%d" to
        "<table> %d/%d\"""",
        found, table, configured, configured, configured - 1, configured);
  }

  /** An offset that cannot be understood. */
  public static TidemarkException alteredOffset(Map<String, ?> partition, String why) {
    return alteration(
        "the offset of %s is not valid: %s. Write {\"version\": 7} to continue with version 7",
        partition, why);
  }

  /** Offsets for only some shards of a table. */
  public static TidemarkException offsetsOfSomeShards(String table, long given, int shards) {
    return alteration(
        """
        only %d of the %d shards of %s get an offset. The offset of one shard also says how far the
        others are, so give an offset to all of them, or reset them all with null""",
        given, shards, table);
  }

  private static TidemarkException alteration(String why, Object... arguments) {
    return TidemarkException.of(
        "TM-504",
        """
        Cannot alter the offsets: %s. Nothing was changed. See
        docs/concepts/delta-source.md#offsets.""",
        TidemarkException.message(why, arguments));
  }

  /** A starting version that does not exist yet. */
  public static TidemarkException startsInTheFuture(String table, long wanted, long newest) {
    return TidemarkException.of(
        "TM-505",
        """
        Cannot start to read %s at version %d: its newest version is %d. Set starting.version to %d
        at most; latest starts with the next version.""",
        table,
        wanted,
        newest,
        newest + 1);
  }

  /** A commit that changes rows, on a plain stream. */
  public static TidemarkException changeCommit(
      String table, long version, String operation, int removed, int added) {
    return TidemarkException.of(
        "TM-510",
        """
        Cannot read version %d of %s as appended rows: its %s removes %d data files and adds %d, so
        rows were updated or deleted. No row of this version was sent. To get the changes, read the
        change feed with a new connector that has read.change.feed=true. To skip such versions
        completely, including the rows they insert, set skip.change.commits=true.""",
        version,
        table,
        named(operation),
        removed,
        added);
  }

  /** A commit that only removes rows, on a plain stream. */
  public static TidemarkException deleteCommit(
      String table, long version, String operation, int removed) {
    return TidemarkException.of(
        "TM-511",
        """
        Cannot read version %d of %s as appended rows: its %s removes %d data files and adds none,
        so rows were deleted. To get the deletes, read the change feed with a new connector that has
        read.change.feed=true. To ignore deletes, set ignore.deletes=true.""",
        version,
        table,
        named(operation),
        removed);
  }

  private static String named(String operation) {
    return operation.isEmpty() ? "commit" : "operation " + operation;
  }

  /**
   * Versions that log retention has removed.
   *
   * @param earliest first version that the log has, or below 0 when unknown
   */
  public static TidemarkException versionsMissing(
      String table, long version, long earliest, Throwable cause) {
    return versionsLost(
        table,
        version,
        TidemarkException.message(
            """
            its log %s. Log retention removed the version before it was read. Restore the log files,
            or set fail.on.data.loss=false to continue without the lost versions. Keep the table's
            log for longer (delta.logRetentionDuration).""",
            earliest < 0 ? "no longer has that version" : "begins with version " + earliest),
        cause);
  }

  /** Versions that are missing between others. */
  public static TidemarkException versionsInBetweenMissing(
      String table, long version, long next, Throwable cause) {
    return versionsLost(
        table,
        version,
        TidemarkException.message(
            """
            its log does not have that version, though it has version %d. The commit file was
            removed by hand or by another program. Restore the log files, or set
            fail.on.data.loss=false to continue with version %d.""",
            next, next),
        cause);
  }

  private static TidemarkException versionsLost(
      String table, long version, String what, Throwable cause) {
    return TidemarkException.of(
        "TM-520", cause, "Cannot continue to read %s at version %d: %s", table, version, what);
  }

  /** The commit exists, but no log file before it describes its columns any more. */
  public static TidemarkException columnsMissing(
      String table, long version, long describedFrom, Throwable cause) {
    return TidemarkException.of(
        "TM-526",
        cause,
        """
        Cannot read version %1$d of %2$s: its commit is in the log, but the earlier table checkpoint
        or commit that describes the columns of its rows has been removed. The log describes the
        columns from version %3$d on. Restore the log files before it; or begin with version %3$d
        (starting.version, or PATCH /connectors/<name>/offsets once there are offsets); or set
        fail.on.data.loss=false to continue with it.""",
        version,
        table,
        describedFrom);
  }

  /** A data file that VACUUM has removed. */
  public static TidemarkException fileMissing(
      String table, long version, String file, Throwable cause) {
    return TidemarkException.of(
        "TM-521",
        cause,
        """
        Cannot read file %s of version %d of %s: the file does not exist any more. VACUUM removed it
        before it was read. Restore the file, or set fail.on.data.loss=false to continue without its
        rows. Run VACUUM with a longer retention.""",
        file,
        version,
        table);
  }

  /** The table that was read does not exist any more. */
  public static TidemarkException tableDropped(String table, long version, Throwable cause) {
    return TidemarkException.of(
        "TM-522",
        cause,
        """
        Cannot continue to read %s at version %d: the table does not exist any more. Restore it; or
        set fail.on.data.loss=false to wait for a new table and read that from its start.""",
        table,
        version);
  }

  /** The location now has another table than the one that has been read. */
  public static TidemarkException tableRecreated(
      String table, long version, String known, String found) {
    return TidemarkException.of(
        "TM-523",
        """
        Cannot continue to read %s at version %d: the id of the table is %s, and the table read so
        far had id %s. The table was dropped and created again. Restore the old table; or set
        fail.on.data.loss=false to read the new one from its start; or stop the connector and reset
        its offsets (DELETE /connectors/<name>/offsets).""",
        table,
        version,
        found,
        known);
  }

  /** The newest versions are gone. */
  public static TidemarkException versionsVanished(String table, long version, long newest) {
    return otherHistory(
        table,
        version,
        """
        its newest version is %d, although later versions have been read. Its log was restored from
        a backup, or damaged. Restore the missing versions""",
        newest);
  }

  /** The table was restored to an earlier version and written to again. */
  public static TidemarkException versionsReplaced(String table, long version, long replaced) {
    return otherHistory(
        table,
        version,
        """
        its version %d is not the version %d that was read. The log was restored to an earlier
        version and written to again, so the same version numbers now hold other rows. Restore the
        log that was read""",
        replaced,
        replaced);
  }

  private static TidemarkException otherHistory(
      String table, long version, String what, Object... arguments) {
    return TidemarkException.of(
        "TM-524",
        "Cannot continue to read %s at version %d: %s; or %s",
        table,
        version,
        TidemarkException.message(what, arguments),
        TidemarkException.message(OTHER_HISTORY));
  }

  /** The commit that proves that the table is still the same is gone. */
  public static TidemarkException historyUnproven(String table, long version, long gone) {
    return TidemarkException.of(
        "TM-525",
        """
        Cannot decide whether to continue to read %s at version %d: version %d was read, but its
        commit has been removed from the log and cannot be compared any more. If the log was not
        restored to an earlier version since, stop the connector and set the offsets of the table to
        version %d (PATCH /connectors/<name>/offsets), or start it once with
        fail.on.data.loss=false. Keep the table's log for longer (delta.logRetentionDuration).""",
        table,
        version,
        gone,
        version == gone ? version + 1 : version);
  }

  /** A key field that the table does not have, or that cannot be a key. */
  public static TidemarkException keyField(String table, long version, String field, String why) {
    return TidemarkException.of(
        "TM-530",
        """
        Cannot use field %s of %s as a key at version %d: %s. Correct key.fields.""",
        field,
        table,
        version,
        why);
  }
}
