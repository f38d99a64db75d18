package io.tidemark.sink.commit;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalLong;

/** What keeps a batch from its tables, {@code TM-190} to {@code TM-198}. */
public final class CommitErrors {

  private static final String PAGE = " See docs/operating/recovery.md";

  private CommitErrors() {}

  /** The table has a later batch of this query than the checkpoint location. */
  static TidemarkException tableAhead(
      String location, String queryId, long found, long newest, String checkpoint) {
    return error(
        "TM-190",
        String.format(
                Locale.ROOT,
                """
        Cannot continue writing to %s: it has batch %d of query %s, and no plan names it there: the \
        newest batch in %s is %s. The checkpoint location is an older copy, or another connector runs \
        on a copy of it. Nothing was written. Stop whatever else writes under this query id. Then bring \
        the newer checkpoint location back; or rebuild one from the table with bin/tidemark adopt; or \
        give the connector a new checkpoint.location and a new table.""",
                location,
                found,
                queryId,
                checkpoint,
                newest < 0 ? "none" : newest)
            + PAGE
            + "#table-ahead.");
  }

  /** The version that bears the batch's transaction carries out another plan. */
  static TidemarkException otherPlan(
      String location, CommittedBatch found, String mark, String checkpoint) {
    return error(
        "TM-191",
        String.format(
                Locale.ROOT,
                """
        Cannot commit batch %d to %s: version %d has the transaction of this batch, but it carries out \
        plan %s, and %s has plan %s. The checkpoint location is an older copy, or another connector \
        runs on a copy of it. Nothing was written. Stop whatever else writes under this query id, and \
        bring the newer checkpoint location back; or rebuild one from the table with bin/tidemark \
        adopt.""",
                found.batch(),
                location,
                found.version(),
                found.plan().orElse("of another writer"),
                checkpoint,
                mark)
            + PAGE
            + "#table-ahead.");
  }

  /** Neither a transaction nor a commit tells whether the table has a batch. */
  static TidemarkException cannotTell(String location, long batch, OptionalLong expected) {
    return error(
        "TM-192",
        String.format(
                Locale.ROOT,
                """
        Cannot tell whether %s has batch %d%s: the table knows no transaction of this query any more, \
        and the commits that could tell have left its log. A table checkpoint drops transactions when \
        delta.setTransactionRetentionDuration is set. Nothing was written. Unset that property (ALTER \
        TABLE .. UNSET TBLPROPERTIES). Look whether the table has the rows of the batch. If it has \
        everything, continue with bin/tidemark reset --to-batch <last committed batch> --execute; if \
        rows are missing, return to the last batch that it has.""",
                location,
                batch,
                expected.isPresent() ? ", and batch " + expected.getAsLong() + " before it" : "")
            + PAGE
            + "#transactions-dropped.");
  }

  /** Two locations of the connector are one table. */
  public static TidemarkException oneTableTwice(String first, String second, String id) {
    return error(
        "TM-193",
        String.format(
                Locale.ROOT,
                """
        Cannot write to %s and %s: both are table %s, by a link, a mount or another spelling. A batch \
        is one version of each table, so the files for the second name would be left out. Nothing was \
        decided. Let table.path, table.base.path and table.name.format give each table one name, then \
        stop the connector and read again what is sealed under the other name, with bin/tidemark \
        reset --to-batch <last committed batch> --execute.""",
                first,
                second,
                id)
            + PAGE
            + "#one-table-under-two-names.");
  }

  /** Sealed records cannot be committed, and Kafka does not have them any more. */
  static TidemarkException notReadAgain(
      String segment, String why, Collection<String> lost, Collection<String> files) {
    return error(
        "TM-194",
        String.format(
                Locale.ROOT,
                """
        Cannot commit segment %s: %s Its records cannot be read again either, since Kafka has deleted \
        them: %s. Their only copy is in the data files %s, as far as these are there. Nothing was \
        decided. Undo the change to the table (RESTORE TABLE, or bring the files back from a backup), \
        and restart the task. To go on without these records, set fail.on.data.loss=false: the \
        segment is then left out and its files are removed.""",
                segment,
                sentence(why),
                String.join(", ", lost),
                files)
            + PAGE
            + "#segments-that-do-not-fit.");
  }

  /** Sealed records cannot be committed, and nobody can ask Kafka whether it has them. */
  static TidemarkException cannotAskKafka(String segment, String why) {
    return error(
        "TM-195",
        String.format(
                Locale.ROOT,
                """
        Cannot commit segment %s: %s Its records would be read again, but the connector does not know \
        how to ask Kafka whether they are still there. Nothing was decided. Undo the change to the \
        table and restart the task; or set kafka.bootstrap.servers, so that Kafka can be asked; or set \
        fail.on.data.loss=false, with which whatever is gone is left out.""",
                segment,
                sentence(why))
            + PAGE
            + "#segments-that-do-not-fit.");
  }

  /** One table has the batch, and another one cannot have it. */
  static TidemarkException halfCommitted(
      long batch, String done, String location, String why, Collection<String> files) {
    return error(
        "TM-196",
        String.format(
                Locale.ROOT,
                """
        Batch %d is in %s, but cannot be added to %s: %s Its rows for %s are in the data files %s, which \
        are kept. Undo the change to %s (RESTORE TABLE, or bring the files back from a backup), and \
        restart the task: it then finishes the batch.""",
                batch,
                done,
                location,
                sentence(why),
                location,
                files,
                location)
            + PAGE
            + "#segments-that-do-not-fit.");
  }

  /** Files that were just written are not there, again and again. */
  static TidemarkException filesNotVisible(String segment, String file) {
    return error(
        "TM-197",
        String.format(
                Locale.ROOT,
                """
        Cannot commit segment %s: its data file %s is not there, though it was sealed a moment ago, and \
        this is not the first time. Either the workers do not share the file system of the table: \
        mount it on all of them. Or something deletes files that are not in a table version yet, such \
        as VACUUM with a retention below the commit interval.""",
                segment,
                file)
            + PAGE
            + "#segments-that-do-not-fit.");
  }

  /** A batch that Spark planned, for which a segment does not fit. */
  static TidemarkException unfitForSpark(long batch, String segment, String why) {
    return error(
        "TM-198",
        String.format(
                Locale.ROOT,
                """
        Cannot carry out batch %d, which Spark planned: segment %s cannot be committed: %s Nothing was \
        written. Undo the change to the table and restart the task; or stop the connector and let the \
        Spark query finish the batch.""",
                batch,
                segment,
                sentence(why))
            + PAGE
            + "#segments-that-do-not-fit.");
  }

  /** A reason that has a code of its own, without its remedy twice. */
  private static String sentence(String why) {
    return why.endsWith(".") ? why : why + ".";
  }

  private static TidemarkException error(String code, String message) {
    return new TidemarkException(code, message, null);
  }
}
