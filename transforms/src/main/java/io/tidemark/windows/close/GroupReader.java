package io.tidemark.windows.close;

import io.tidemark.delta.value.SchemaEnvelope;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.field.EventTimeReader;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.field.FieldReader;
import io.tidemark.windows.fold.GroupKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what an aggregation takes of a record; holds that of the last one. One thread. */
public final class GroupReader {

  private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);

  private final EventTimeReader eventTime;
  private final FieldReader[] keys;
  private final FieldReader[] fields;
  private final Object[] arguments;
  private final ByteWriter key = new ByteWriter(64);
  private final String name;
  private long micros;
  private long records;
  private boolean told;

  public GroupReader(Aggregation aggregation) {
    this.name = aggregation.name();
    this.eventTime = new EventTimeReader(aggregation.eventTime());
    this.keys =
        aggregation.groupBy().stream()
            .map(GroupField::field)
            .map(FieldReader::new)
            .toArray(FieldReader[]::new);
    this.fields =
        aggregation.aggregates().stream()
            .map(aggregate -> aggregate.argument().map(FieldReader::new).orElse(null))
            .toArray(FieldReader[]::new);
    this.arguments = new Object[fields.length];
  }

  /**
   * Reads a record.
   *
   * @param types takes note of the fields' types, which then wait to be kept or forgotten
   * @throws io.tidemark.common.TidemarkException naming the record when it cannot be aggregated
   */
  public void read(ConnectRecord<?> record, ShownTypes types) {
    if (SchemaEnvelope.isOne(record.value())) {
      throw FieldErrors.schemaInValue(record);
    }
    micros = eventTime.micros(record);
    key.truncate(0);
    for (int i = 0; i < keys.length; i++) {
      Object value = keys[i].read(record);
      types.note(record, i, keys[i]);
      GroupKey.write(value, key);
    }
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] == null) {
        arguments[i] = true;
      } else {
        arguments[i] = fields[i].read(record);
        types.note(record, keys.length + i, fields[i]);
      }
    }
    records++;
  }

  /**
   * Tells the log, once, of fields that none of the records had: they may be named wrongly, and all
   * records are in one group then.
   *
   * @param least so many records there must have been
   * @param known paths of fields that were there before
   */
  public void tellOfMissing(long least, Set<String> known) {
    if (told || records < least) {
      return;
    }
    told = true;
    List<String> missing =
        Stream.concat(Arrays.stream(keys), Arrays.stream(fields))
            .filter(field -> field != null && !field.isFound() && !known.contains(field.path()))
            .map(FieldReader::path)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      LOG.warn(FieldErrors.neverSeen(name, missing, records).getMessage());
    }
  }

  /** Event time, epoch microseconds. */
  public long micros() {
    return micros;
  }

  /** The group's key, until the next record. */
  public ByteWriter key() {
    return key;
  }

  /** The arguments of the aggregates, until the next record. */
  public Object[] arguments() {
    return arguments;
  }
}
