package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ConnectTypes;
import io.tidemark.delta.schema.SchemaInference;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.schema.TypeUnion;
import io.tidemark.delta.value.UnknownFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The columns that records want of a table: for their values, and for what the connector fills. A
 * record that the table could not take even with these columns adds none, so that a rejected record
 * leaves no column.
 */
public final class WantedColumns {

  private static final ColumnType.Struct NONE = new ColumnType.Struct(List.of());

  private final RecordOptions options;

  public WantedColumns(RecordOptions options) {
    this.options = options;
  }

  /** Which names of columns a table takes. */
  @FunctionalInterface
  public interface Names {

    /**
     * @param missing columns to be added
     * @throws TidemarkException naming the one that the table does not take
     */
    void require(ColumnType.Struct missing);
  }

  /**
   * The columns that the first of these records needs and {@code table} lacks, together with those
   * that the later records need, if the table can take them all.
   *
   * @throws TidemarkException why the first record is to be rejected
   */
  public ColumnType.Struct missing(TableSchema table, List<SinkRecord> records, Names names) {
    SinkRecord first = records.get(0);
    ColumnType.Struct own = own(table, first, names);
    ColumnType.Struct all = common(table, records, names);
    return fits(table, all, List.of(first)).isEmpty() ? own : all;
  }

  /**
   * The columns that one record needs and {@code table} lacks.
   *
   * @throws TidemarkException why it is to be rejected
   */
  public ColumnType.Struct own(TableSchema table, SinkRecord record, Names names) {
    try {
      ColumnType.Struct own = SchemaMerge.missing(table.columns(), ofValue(record.value()));
      if (!own.columns().isEmpty()) {
        names.require(own);
        convert(converter(table, own), record);
      }
      return own;
    } catch (TidemarkException e) {
      throw RecordErrors.isOfARecord(e) ? e : RecordErrors.unmappable(record, e);
    }
  }

  /**
   * The columns that these records need and {@code table} lacks, except records that contradict
   * earlier ones or that the table then could not take. None when no record is left.
   */
  public ColumnType.Struct common(TableSchema table, List<SinkRecord> records, Names names) {
    List<SinkRecord> wanting = records;
    while (true) {
      List<SinkRecord> joined = new ArrayList<>();
      ColumnType.Struct union = union(table, wanting, names, joined);
      List<SinkRecord> fitting = fits(table, union, joined);
      if (fitting.size() == joined.size()) {
        return union;
      }
      wanting = fitting;
    }
  }

  private ColumnType.Struct union(
      TableSchema table, List<SinkRecord> records, Names names, List<SinkRecord> joined) {
    ColumnType.Struct union = NONE;
    Schema last = null;
    for (SinkRecord record : records) {
      Schema schema = record.value() instanceof Struct struct ? struct.schema() : null;
      if (schema != null && schema == last) {
        continue;
      }
      try {
        ColumnType.Struct own = SchemaMerge.missing(table.columns(), ofValue(record.value()));
        if (!own.columns().isEmpty()) {
          names.require(own);
          union = TypeUnion.of(union, own);
          joined.add(record);
        }
        last = schema;
      } catch (TidemarkException rejectedInItsTurn) {
        last = null;
      }
    }
    return union;
  }

  /** Those of these records that the table takes once it has the columns. */
  private List<SinkRecord> fits(
      TableSchema table, ColumnType.Struct missing, List<SinkRecord> records) {
    RecordConverter converter;
    try {
      converter = converter(table, missing);
    } catch (TidemarkException saidOfEachRecord) {
      return List.of();
    }
    return records.stream().filter(record -> isTaken(converter, record)).toList();
  }

  private static boolean isTaken(RecordConverter converter, SinkRecord record) {
    try {
      convert(converter, record);
      return true;
    } catch (TidemarkException saidInItsTurn) {
      return false;
    }
  }

  private RecordConverter converter(TableSchema table, ColumnType.Struct missing) {
    return new RecordConverter(
        new TableSchema(
            SchemaMerge.merged(SchemaMerge.merged(table.columns(), missing), filled()),
            table.partitionColumns()),
        options);
  }

  private static void convert(RecordConverter converter, SinkRecord record) {
    try {
      converter.convert(record);
    } catch (UnknownFieldException e) {
      throw RecordErrors.unknownField(record, e);
    }
  }

  /** The columns that the connector fills: metadata, and parts of timestamps to partition by. */
  public ColumnType.Struct filled() {
    List<Column> columns = new ArrayList<>();
    options.metadataColumns().forEach(column -> columns.add(column.column()));
    options.partitionBy().stream()
        .filter(PartitionField::isDerived)
        .forEach(field -> columns.add(field.derivedColumn()));
    return new ColumnType.Struct(columns);
  }

  /** The columns for one value; none for a value that has no fields. */
  private ColumnType.Struct ofValue(Object value) {
    if (value instanceof Struct struct) {
      return ConnectTypes.struct(struct.schema());
    }
    return value instanceof Map<?, ?> map
        ? options.newNumbers().of(SchemaInference.struct(map))
        : NONE;
  }
}
