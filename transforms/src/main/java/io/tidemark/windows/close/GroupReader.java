package io.tidemark.windows.close;

import io.tidemark.delta.value.SchemaEnvelope;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.field.EventTimeReader;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.field.GapReader;
import io.tidemark.windows.field.InputReader;
import io.tidemark.windows.fold.GroupKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the inputs of an aggregation from a record and keeps those of the last record. Used by one
 * thread.
 */
public final class GroupReader {

  private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);

  private final EventTimeReader eventTime;

  /** Null unless each record has a gap of its own. */
  private final GapReader gap;

  private final InputReader[] keys;
  private final InputReader[] fields;
  private final Object[] arguments;
  private final ByteWriter key = new ByteWriter(64);
  private final String name;

  /** A wrong name in group.by makes one group of all; among the keys of duplicates it loses all. */
  private final boolean keysRequired;

  private long micros;
  private long gapMicros;
  private long records;
  private boolean warned;

  public GroupReader(Aggregation aggregation) {
    this.name = aggregation.name();
    this.keysRequired = aggregation.window().kind() == WindowSpec.Kind.DISTINCT;
    this.eventTime = new EventTimeReader(aggregation.eventTime());
    this.gap = aggregation.window().gap().map(GapReader::new).orElse(null);
    this.keys =
        aggregation.groupBy().stream()
            .map(GroupField::input)
            .map(InputReader::of)
            .toArray(InputReader[]::new);
    this.fields =
        aggregation.aggregates().stream()
            .map(aggregate -> aggregate.argument().map(InputReader::of).orElse(null))
            .toArray(InputReader[]::new);
    this.arguments = new Object[fields.length];
  }

  /**
   * Reads a record; of one that is outside of all windows, its event time only.
   *
   * @param types records the fields' types, which the caller then keeps or forgets
   * @throws io.tidemark.common.TidemarkException naming the record when it cannot be aggregated
   */
  public void read(ConnectRecord<?> record, ShownTypes types) {
    if (SchemaEnvelope.isOne(record.value())) {
      throw FieldErrors.schemaInValue(record);
    }
    micros = eventTime.micros(record);
    if (gap != null) {
      gapMicros = gap.micros(record);
      if (gapMicros <= 0) {
        return;
      }
    }
    key.truncate(0);
    for (int i = 0; i < keys.length; i++) {
      Object value = keys[i].read(record);
      if (keysRequired && !keys[i].had()) {
        throw FieldErrors.noKey(record, keys[i].path());
      }
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
   * Logs, once, the fields that no record has had: their names may be wrong, and then all records
   * fall into one group.
   *
   * @param least the number of records to see before it warns
   * @param known paths of fields that were seen before
   */
  public void tellOfMissing(long least, Set<String> known) {
    if (warned || records < least) {
      return;
    }
    warned = true;
    List<String> missing =
        Stream.concat(Arrays.stream(keys), Arrays.stream(fields))
            .filter(field -> field != null && !field.isFound() && !known.contains(field.path()))
            .map(InputReader::path)
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

  /** Whether the record is in no window, because its gap is null, zero or negative. */
  public boolean isOutside() {
    return gap != null && gapMicros <= 0;
  }

  /** The gap after the record, microseconds; 0 unless each record has its own. */
  public long gapMicros() {
    return gapMicros;
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
