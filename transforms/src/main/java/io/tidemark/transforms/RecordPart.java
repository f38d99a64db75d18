package io.tidemark.transforms;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;

/** The part of a record that a transformation works on. */
enum RecordPart {
  KEY {
    @Override
    Object of(ConnectRecord<?> record) {
      return record.key();
    }

    @Override
    Schema schema(ConnectRecord<?> record) {
      return record.keySchema();
    }

    @Override
    <R extends ConnectRecord<R>> R with(R record, Schema schema, Object part) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          schema,
          part,
          record.valueSchema(),
          record.value(),
          record.timestamp());
    }
  },
  VALUE {
    @Override
    Object of(ConnectRecord<?> record) {
      return record.value();
    }

    @Override
    Schema schema(ConnectRecord<?> record) {
      return record.valueSchema();
    }

    @Override
    <R extends ConnectRecord<R>> R with(R record, Schema schema, Object part) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          record.keySchema(),
          record.key(),
          schema,
          part,
          record.timestamp());
    }
  };

  abstract Object of(ConnectRecord<?> record);

  abstract Schema schema(ConnectRecord<?> record);

  /** The record with another part; everything else is kept. */
  abstract <R extends ConnectRecord<R>> R with(R record, Schema schema, Object part);
}
