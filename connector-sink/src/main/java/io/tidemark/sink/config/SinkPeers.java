package io.tidemark.sink.config;

import io.tidemark.connector.PeerKeys;

/** Keys of other sinks and of Spark, and their equivalents here. */
final class SinkPeers {

  static final PeerKeys KEYS =
      PeerKeys.parse(
          """
          flush.size = commit.max.records
          flush.interval.ms = commit.interval.ms
          rotate.interval.ms = commit.interval.ms
          rotate.schedule.interval.ms = commit.interval.ms
          partitioner.class = table.partition.by
          partition.field.name = table.partition.by
          partition.duration.ms = table.partition.by with date(column) or hour(column)
          path.format = table.partition.by with date(column) or hour(column)
          timestamp.extractor = table.partition.by with date(column) or hour(column)
          timestamp.field = table.partition.by with date(column) or hour(column)
          timezone ! partitions by date and hour are in UTC
          locale ! partitions by date and hour are in UTC
          topics.dir = table.base.path
          store.url = table.base.path
          hdfs.url = table.base.path
          logs.dir = checkpoint.location
          hadoop.conf.dir = hadoop.* with each property
          hadoop.home = hadoop.* with each property
          hdfs.authentication.kerberos = hadoop.hadoop.security.authentication
          format.class ! data files are always Parquet
          avro.codec = parquet.codec
          storage.class ! the location says which file system it is
          directory.delim ! Delta names directories and files
          file.delim ! Delta names directories and files
          filename.offset.zero.pad.width ! Delta names directories and files
          file.name.template ! Delta names directories and files
          file.compression.type = parquet.codec
          file.max.records = commit.max.records
          format.output.type ! data files are always Parquet
          format.output.fields = metadata.columns beside the fields of the value
          schema.compatibility = schema.evolution
          schema.ignore = schema.evolution
          enhanced.avro.schema.support = value.converter.enhanced.avro.schema.support
          connect.meta.data = value.converter.connect.meta.data
          store.kafka.keys = metadata.columns=key
          store.kafka.headers = metadata.columns=headers
          keys.format.class = metadata.columns=key
          headers.format.class = metadata.columns=headers
          hive. ! tables are found by their location

          insert.mode ! rows are only appended, none is updated or deleted
          pk.mode ! rows are only appended, none is updated or deleted
          pk.fields ! rows are only appended, none is updated or deleted
          primary.key.mode ! rows are only appended, none is updated or deleted
          primary.key.fields ! rows are only appended, none is updated or deleted
          delete.enabled ! rows are only appended, none is updated or deleted
          delete.on.null = behavior.on.null.values
          truncate.enabled ! rows are only appended, none is updated or deleted
          write.method ! rows are only appended, none is updated or deleted
          upsertEnabled ! rows are only appended, none is updated or deleted
          deleteEnabled ! rows are only appended, none is updated or deleted
          mergeIntervalMs ! rows are only appended, none is updated or deleted
          mergeRecordsThreshold ! rows are only appended, none is updated or deleted
          auto.create = table.auto.create
          auto.evolve = schema.evolution
          collection.name.format = table.name.format
          table.naming.strategy = table.name.format
          table.name.normalize = table.name.format
          table.whitelist = topics or topics.regex
          fields.whitelist = transforms with ReplaceField
          field.include.list = transforms with ReplaceField
          field.exclude.list = transforms with ReplaceField
          column.naming.strategy ! columns have the names of the fields; rename with ReplaceField
          batch.size = commit.max.records
          max.retries = task.max.failures
          flush.max.retries = task.max.failures
          retry.backoff.ms = task.max.failures
          flush.retry.delay.ms = task.max.failures
          use.reduction.buffer ! rows are only appended, none is updated or deleted
          use.time.zone ! timestamps are in UTC
          connection. = table.path or table.base.path
          hibernate. ! there is no database
          drop.invalid.message = errors.tolerance=all
          behavior.on.malformed.documents = errors.tolerance=all
          behavior.on.error = errors.tolerance
          ignoreUnknownFields = schema.evolution
          key.ignore = metadata.columns=key
          type.name = table.name.format

          topic2TableMap = table.name.format, or transforms with RegexRouter
          topic2table.map = table.name.format, or transforms with RegexRouter
          topic.to.table.map = table.name.format, or transforms with RegexRouter
          autoCreateTables = table.auto.create
          allowNewBigQueryFields = schema.evolution
          allBQFieldsNullable = schema.evolution
          allowBigQueryRequiredFieldRelaxation = schema.evolution
          timestampPartitionFieldName = table.partition.by with date(column)
          bigQueryPartitionDecorator = table.partition.by with date(column)
          kafkaKeyFieldName = metadata.columns=key
          kafkaDataFieldName = metadata.columns
          sanitizeTopics = table.name.format
          defaultDataset = table.base.path
          datasets = table.base.path
          exactlyOnce ! exactly once is always on
          exactly.once ! exactly once is always on
          exactly.once.enabled ! exactly once is always on

          iceberg.tables = table.path, or table.base.path
          iceberg.tables.dynamic-enabled = table.base.path
          iceberg.tables.route-field = table.name.format, by topic, or transforms in front
          iceberg.tables.default-partition-by = table.partition.by
          iceberg.tables.default-id-columns ! rows are only appended, none is updated or deleted
          iceberg.tables.upsert-mode-enabled ! rows are only appended, none is updated or deleted
          iceberg.tables.cdc-field ! rows are only appended, none is updated or deleted
          iceberg.tables.auto-create-enabled = table.auto.create
          iceberg.tables.evolve-schema-enabled = schema.evolution
          iceberg.tables.auto-create-props. = table.properties.delta.*
          iceberg.table. = table.partition.by, or a connector for each table
          iceberg.control.commit.interval-ms = commit.interval.ms
          iceberg.control. ! there is no control topic
          iceberg.catalog ! tables are found by their location, without a catalog
          iceberg.catalog. ! tables are found by their location, without a catalog
          iceberg.hadoop. = hadoop.*
          iceberg.kafka. = kafka.*
          iceberg. ! this sink writes Delta tables
          hoodie. ! this sink writes Delta tables
          paimon. ! this sink writes Delta tables

          delta.lake.topic2table.map = table.name.format, or transforms with RegexRouter
          delta.lake.table.auto.create = table.auto.create
          delta.lake.table2partition.map = table.partition.by
          delta.lake. = table.path or table.base.path, without a warehouse in between
          staging. ! data files are written where the table is
          unity.catalog. ! tables are found by their location, without a catalog
          databricks. ! tables are found by their location, without a warehouse in between

          snowflake.topic2table.map = table.name.format, or transforms with RegexRouter
          snowflake.enable.schematization = schema.evolution
          snowflake.metadata.all = metadata.columns
          snowflake.ingestion.method ! there is one way
          snowflake. = table.path or table.base.path
          buffer.count.records = commit.max.records
          buffer.flush.time = commit.interval.ms
          buffer.size.bytes = commit.max.bytes
          behavior.on.null = behavior.on.null.values
          starrocks. ! this sink writes Delta tables
          doris. ! this sink writes Delta tables
          connect.s3. = the keys of this connector; there is no KCQL
          connect.gcpstorage. = the keys of this connector; there is no KCQL
          connect.datalake. = the keys of this connector; there is no KCQL

          subscribe = topics
          subscribePattern = topics.regex
          assign = starting.offsets; partitions are assigned by Connect
          maxOffsetsPerTrigger = commit.max.records
          processingTime = commit.interval.ms
          trigger = commit.interval.ms
          mergeSchema = schema.evolution
          overwriteSchema ! a table's schema is never replaced
          partitionBy = table.partition.by
          includeHeaders = metadata.columns=headers
          outputMode ! this sink appends
          txnAppId ! the checkpoint location says who commits
          txnVersion ! the checkpoint location says what is committed
          """);

  private SinkPeers() {}
}
