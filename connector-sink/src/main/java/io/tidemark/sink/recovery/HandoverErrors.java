package io.tidemark.sink.recovery;

import io.tidemark.common.TidemarkException;

/** Why a Spark query cannot be taken over, {@code TM-156} to {@code TM-162}. */
final class HandoverErrors {

  private HandoverErrors() {}

  static TidemarkException stateful(String location, String file) {
    return TidemarkException.of(
        "TM-156",
        """
        Cannot take over the Spark query of %s: the query has state (%s), and a connector cannot
        read Spark's state. Give the connector its own checkpoint.location. See
        docs/operating/spark-handover.md#what-is-refused.
        """,
        location,
        file);
  }

  static TidemarkException windowed(String location, long batch) {
    return TidemarkException.of(
        "TM-157",
        """
        Cannot continue after batch %d of %s, which Spark planned: the connector has windowed
        aggregates, and their state does not have the records of that batch. Give the connector its
        own checkpoint.location. See docs/operating/spark-handover.md#what-is-refused.
        """,
        batch,
        location);
  }

  static TidemarkException severalTables(String location) {
    return TidemarkException.of(
        "TM-158",
        """
        Cannot take over the Spark query of %s: the query wrote to one table, but the connector has
        table.base.path. Remove it, and set table.path to the query's table. See
        docs/operating/spark-handover.md#what-is-refused.
        """,
        location);
  }

  static TidemarkException topicNotRead(String file, String topic) {
    return TidemarkException.of(
        "TM-159",
        """
        Cannot take over the Spark query of %s: the query reads topic %s, but the connector does
        not. Add the topic to topics or topics.regex. See
        docs/operating/spark-handover.md#what-is-refused.
        """,
        file,
        topic);
  }

  static TidemarkException notTheTable(String table, String queryId, String found, String commit) {
    return TidemarkException.of(
        "TM-162",
        """
        Cannot take over Spark query %s: %s has %s of that query, although %s exists. Either the
        query wrote to another table: then set table.path to that table. Or it wrote with
        foreachBatch or with the option txnAppId: then the connector cannot see which batches the
        table has. See docs/operating/spark-handover.md#what-is-refused.
        """,
        queryId,
        table,
        found,
        commit);
  }

  static TidemarkException tableAhead(String table, String queryId, long found, String newest) {
    return TidemarkException.of(
        "TM-161",
        """
        Cannot take over Spark query %s: %s has batch %d of that query, but the newest entry is %s.
        The checkpoint location is older than the table: restore a newer one. See
        docs/operating/spark-handover.md#what-is-refused.
        """,
        queryId,
        table,
        found,
        newest);
  }
}
