package io.tidemark.sink.commit;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import java.util.Collection;
import java.util.OptionalLong;

/** Why a batch cannot be committed to its tables, {@code TM-190} to {@code TM-198}. */
public final class CommitErrors {

  private CommitErrors() {}

  /** The table has a later batch of this query than the checkpoint location. */
  static TidemarkException tableAhead(
      String location, String queryId, long found, long newest, String checkpoint) {
    return TidemarkException.of(
        "TM-190",
        """
        Cannot continue writing to %s: it has batch %d of query %s, but the newest batch in %s is
        %s. The checkpoint location is an older copy, or another connector runs on a copy of it.
        Nothing was written. Stop everything else that writes under this query id. Then do one of
        these: restore the newer checkpoint location; rebuild it from the table with bin/tidemark
        adopt; or give the connector a new checkpoint.location and a new table. See
        docs/operating/recovery.md#table-ahead.
        """,
        location,
        found,
        queryId,
        checkpoint,
        newest < 0 ? "none" : newest);
  }

  /** The version with the batch's transaction carries out another plan. */
  static TidemarkException otherPlan(
      String location, CommittedBatch found, String mark, String checkpoint) {
    return TidemarkException.of(
        "TM-191",
        """
        Cannot commit batch %d to %s: version %d already has the transaction of this batch, but it
        carries out plan %s, and %s has plan %s. The checkpoint location is an older copy, or
        another connector runs on a copy of it. Nothing was written. Stop everything else that
        writes under this query id. Then restore the newer checkpoint location, or rebuild it from
        the table with bin/tidemark adopt. See docs/operating/recovery.md#table-ahead.
        """,
        found.batch(),
        location,
        found.version(),
        found.plan().orElse("of another writer"),
        checkpoint,
        mark);
  }

  /** Neither a transaction nor a commit shows whether the table has a batch. */
  static TidemarkException cannotTell(String location, long batch, OptionalLong expected) {
    return TidemarkException.of(
        "TM-192",
        """
        Cannot see whether %s has batch %d%s: the table no longer has a transaction of this query,
        and its log no longer has the commits that would show it. A table checkpoint drops
        transactions when delta.setTransactionRetentionDuration is set. Nothing was written. Remove
        that property (ALTER TABLE .. UNSET TBLPROPERTIES). Check whether the table has the rows of
        the batch. If it has them all, continue with bin/tidemark reset --to-batch <last committed
        batch> --execute. If rows are missing, return to the last batch that the table has. See
        docs/operating/recovery.md#transactions-dropped.
        """,
        location,
        batch,
        expected.isPresent() ? " and the earlier batch " + expected.getAsLong() : "");
  }

  /** Two locations of the connector are the same table. */
  public static TidemarkException oneTableTwice(String first, String second, String id) {
    return TidemarkException.of(
        "TM-193",
        """
        Cannot write to %s and %s: both are table %s, through a link, a mount or another spelling.
        A batch is one version of each table, so the files for the second name would be left out.
        No batch was planned. Change table.path, table.base.path or table.name.format so that each
        table has one name. Then stop the connector, and let it read again what is sealed under the
        other name: bin/tidemark reset --to-batch <last committed batch> --execute. See
        docs/operating/recovery.md#one-table-under-two-names.
        """,
        first,
        second,
        id);
  }

  /** Sealed records cannot be committed, and Kafka has deleted them. */
  static TidemarkException notReadAgain(
      String segment, String why, Collection<String> lost, Collection<String> files) {
    return TidemarkException.of(
        "TM-194",
        """
        Cannot commit segment %s: %s Its records cannot be read again, because Kafka has deleted
        them: %s. The only copy of them is in the data files %s, if these still exist. No batch was
        planned. Undo the change to the table (RESTORE TABLE, or restore the files from a backup),
        and restart the task. To continue without these records, set fail.on.data.loss=false: the
        connector then leaves the segment out and removes its files. See
        docs/operating/recovery.md#segments-that-do-not-fit.
        """,
        segment,
        sentence(why),
        String.join(", ", lost),
        files);
  }

  /** Sealed records cannot be committed, and the connector cannot ask Kafka for them. */
  static TidemarkException cannotAskKafka(String segment, String why) {
    return TidemarkException.of(
        "TM-195",
        """
        Cannot commit segment %s: %s The connector would read its records again, but it has no
        Kafka client with which to check that they are still there. No batch was planned. Undo the
        change to the table and restart the task; or set kafka.bootstrap.servers, so that the
        connector can ask Kafka; or set fail.on.data.loss=false, so that records which Kafka has
        deleted are left out. See docs/operating/recovery.md#segments-that-do-not-fit.
        """,
        segment,
        sentence(why));
  }

  /** One table has the batch, and another one cannot take its part. */
  static TidemarkException halfCommitted(
      long batch, String done, String location, String why, Collection<String> files) {
    return TidemarkException.of(
        "TM-196",
        """
        Batch %d is committed to %s, but cannot be committed to %s: %s Its rows for %s are in the
        data files %s, which are kept. Undo the change to %s (RESTORE TABLE, or restore the files
        from a backup), and restart the task: it then finishes the batch. See
        docs/operating/recovery.md#segments-that-do-not-fit.
        """,
        batch,
        done,
        location,
        sentence(why),
        location,
        files,
        location);
  }

  /** Data files are missing right after they were written, several times. */
  static TidemarkException filesNotVisible(String segment, String file) {
    return TidemarkException.of(
        "TM-197",
        """
        Cannot commit segment %s: its data file %s is missing, although it was sealed a moment ago.
        This has happened before. Either the workers do not share the file system of the table:
        mount it on all of them. Or another program deletes files that no table version names yet,
        such as VACUUM with a retention shorter than the commit interval. See
        docs/operating/recovery.md#segments-that-do-not-fit.
        """,
        segment,
        file);
  }

  /** Spark planned the batch, and a segment does not fit the table. */
  static TidemarkException unfitForSpark(long batch, String segment, String why) {
    return TidemarkException.of(
        "TM-198",
        """
        Cannot commit batch %d, which Spark planned: segment %s cannot be committed: %s Nothing was
        written. Undo the change to the table and restart the task; or stop the connector and let
        the Spark query finish the batch. See docs/operating/recovery.md#segments-that-do-not-fit.
        """,
        batch,
        segment,
        sentence(why));
  }

  /** The reason with a full stop; one that is an error message has its own. */
  private static String sentence(String why) {
    return why.endsWith(".") ? why : why + ".";
  }
}
