package io.tidemark.source.config;

import io.tidemark.connector.PeerKeys;

/** Keys of other sources and of Spark, and their equivalents here. */
final class SourcePeers {

  static final PeerKeys KEYS =
      PeerKeys.parse(
          """
          mode ! rows are found by table version, without a column that tells
          incrementing.column.name ! rows are found by table version, without a column that tells
          timestamp.column.name ! rows are found by table version, without a column that tells
          timestamp.initial = starting.timestamp
          timestamp.delay.interval.ms ! rows are found by table version
          validate.non.null ! rows are found by table version, without a column that tells
          query ! whole rows are read; choose fields with transforms
          query.suffix ! whole rows are read; choose fields with transforms
          table.poll.interval.ms = table.path or table.paths; tables are not looked for
          table.whitelist = table.paths
          table.blacklist = table.paths
          table.include.list = table.paths
          table.exclude.list = table.paths
          table.types = table.paths
          topic.prefix = topic with ${table}
          kafka.topic = topic
          topics = topic
          topics.regex = table.paths
          topic.naming.strategy = topic
          batch.max.rows = max.records.per.poll
          max.batch.size = max.records.per.poll
          max.queue.size = max.records.per.poll
          record.batch.max.size = max.records.per.poll
          numeric.mapping ! rows have the types of their columns
          numeric.precision.mapping ! rows have the types of their columns
          decimal.handling.mode ! rows have the types of their columns
          binary.handling.mode ! rows have the types of their columns
          time.precision.mode = temporal.mode
          snapshot.mode = starting.version
          snapshot. = starting.version
          incremental.snapshot. = starting.version
          signal. = starting.version
          heartbeat. ! offsets are committed with what is read
          message.key.columns = key.fields
          key.columns = key.fields
          column.include.list = transforms with ReplaceField
          column.exclude.list = transforms with ReplaceField
          skipped.operations = skip.change.commits or ignore.deletes
          tombstones.on.delete.enabled = tombstones.on.delete
          database. ! there is no database
          connection. = table.path or table.paths
          schema.pattern ! there is no database
          catalog.pattern ! there is no database
          format.class ! rows are read from Delta tables
          topics.dir = table.path or table.paths
          store.url = table.path or table.paths
          iceberg. ! this source reads Delta tables
          hoodie. ! this source reads Delta tables
          snowflake. ! this source reads Delta tables
          file = table.path

          readChangeData = read.change.feed
          ignoreChanges = skip.change.commits; rewritten rows are never sent again
          endingVersion ! the source continues reading
          endingTimestamp ! the source continues reading
          versionAsOf = starting.version
          timestampAsOf = starting.timestamp
          excludeRegex ! all files of a version are read
          schemaTrackingLocation ! offsets are Connect's
          """);

  private SourcePeers() {}
}
