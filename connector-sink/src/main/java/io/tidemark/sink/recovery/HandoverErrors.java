package io.tidemark.sink.recovery;

import io.tidemark.common.TidemarkException;

/** Why a Spark query cannot be taken over, {@code TM-156} to {@code TM-162}. */
final class HandoverErrors {

  private static final String PAGE = " See docs/operating/spark-handover.md#what-is-refused.";

  private HandoverErrors() {}

  static TidemarkException stateful(String location, String file) {
    return new TidemarkException(
        "TM-156",
        "Cannot take over the Spark query of "
            + location
            + ": it has state ("
            + file
            + "), and a connector cannot read Spark's. Give the connector a checkpoint.location of"
            + " its own."
            + PAGE,
        null);
  }

  static TidemarkException windowed(String location, long batch) {
    return new TidemarkException(
        "TM-157",
        "Cannot go on behind batch "
            + batch
            + " of "
            + location
            + ", which Spark planned: the connector has windowed aggregates, and the records of that"
            + " batch are not in their state. Give the connector a checkpoint.location of its own."
            + PAGE,
        null);
  }

  static TidemarkException severalTables(String location) {
    return new TidemarkException(
        "TM-158",
        "Cannot take over the Spark query of "
            + location
            + ": it wrote to one table, and the connector has table.base.path. Set table.path to"
            + " the query's table instead."
            + PAGE,
        null);
  }

  static TidemarkException topicNotRead(String file, String topic) {
    return new TidemarkException(
        "TM-159",
        "Cannot take over the Spark query of "
            + file
            + ": it reads topic "
            + topic
            + ", and the connector does not. Add it to topics or topics.regex."
            + PAGE,
        null);
  }

  static TidemarkException notTheTable(String table, String queryId, String found, String commit) {
    return new TidemarkException(
        "TM-162",
        "Cannot take over Spark query "
            + queryId
            + ": "
            + table
            + " has "
            + found
            + " of that query, though "
            + commit
            + " exists. Either the query wrote to another table: set table.path to that. Or it"
            + " wrote by foreachBatch or with the option txnAppId, which leaves no way to tell what"
            + " the table has."
            + PAGE,
        null);
  }

  static TidemarkException tableAhead(String table, String queryId, long found, String newest) {
    return new TidemarkException(
        "TM-161",
        "Cannot take over Spark query "
            + queryId
            + ": "
            + table
            + " has batch "
            + found
            + " of that query, and the newest entry is "
            + newest
            + ". The checkpoint location is older than the table: restore a newer one."
            + PAGE,
        null);
  }
}
