package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ConnectTypes;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.value.RowConverter;
import io.tidemark.delta.value.UnknownFieldException;
import io.tidemark.delta.value.Utf8;
import io.tidemark.delta.value.ValueConverters;
import io.tidemark.delta.value.ValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Turns records into rows of one table, as long as its columns stay as they are. What a Connect
 * schema means for the columns is worked out when the schema first appears.
 */
public final class RecordConverter {

  /** Schemas beyond this are forgotten, for producers whose schema is a new object each time. */
  private static final int MAX_SCHEMAS = 200;

  private final ColumnType.Struct columns;
  private final RecordOptions options;
  private final FilledCells filled;
  private final List<Column> fedColumns = new ArrayList<>();
  private final int[] fedCells;

  /** Partition columns. */
  private final int[] partitionTexts;

  private final RowConverter schemaless;
  private final Map<Schema, RowConverter> bySchema = new HashMap<>();
  private final Set<String> filledNames;
  private final Object[] row;
  private Schema lastSchema;
  private RowConverter lastConverter;

  /**
   * @throws TidemarkException when the columns that the connector fills are not as it needs them
   */
  public RecordConverter(TableSchema table, RecordOptions options) {
    this.columns = table.columns();
    this.options = options;
    this.filled = new FilledCells(columns, options);
    this.row = new Object[columns.columns().size()];
    this.fedCells = filled.others();
    for (int cell : fedCells) {
      fedColumns.add(columns.columns().get(cell));
    }
    this.filledNames =
        filled.columns().stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    this.partitionTexts =
        IntStream.range(0, row.length)
            .filter(cell -> table.isPartitionColumn(columns.columns().get(cell).name()))
            .toArray();
    this.schemaless = ValueConverters.schemalessRows(fedColumns, fedCells);
  }

  /**
   * The row of a record, one cell per column of the table, valid until the next call; null when the
   * record has no value and such records are ignored.
   *
   * @throws UnknownFieldException when the table lacks a column for the record and may get it
   * @throws TidemarkException why the record is to be rejected
   */
  public Object[] convert(SinkRecord record) {
    Object value = record.value();
    if (value == null) {
      if (options.nullValues() == NullValues.IGNORE) {
        return null;
      }
      throw RecordErrors.nullValue(record);
    }
    try {
      if (value instanceof Map) {
        schemaless.convert(value, row);
      } else if (value instanceof Struct struct) {
        converter(struct.schema(), record).convert(value, row);
      } else {
        throw RecordErrors.notARecord(record);
      }
      filled.fill(record, row);
      requirePartition();
      return row;
    } catch (UnknownFieldException e) {
      if (filledNames.contains(e.path().toLowerCase(Locale.ROOT))) {
        throw RecordErrors.filledColumn(record, e.path());
      }
      if (options.evolution() == SchemaEvolution.ADD) {
        throw e;
      }
      throw RecordErrors.unknownField(record, e);
    } catch (ValueException e) {
      throw RecordErrors.unfit(record, e);
    }
  }

  private void requirePartition() {
    for (int cell : partitionTexts) {
      if (row[cell] instanceof Utf8 bytes) {
        row[cell] = bytes.toString();
      }
      if (row[cell] instanceof String text) {
        PartitionTexts.require(columns.columns().get(cell), text);
      }
    }
  }

  /** The reason to reject a record whose missing column was not added to the table. */
  public static TidemarkException rejection(SinkRecord record, UnknownFieldException e) {
    return RecordErrors.unknownField(record, e);
  }

  private RowConverter converter(Schema schema, SinkRecord record) {
    if (schema != lastSchema) {
      RowConverter known = bySchema.get(schema);
      lastConverter = known == null ? compile(schema, record) : known;
      lastSchema = schema;
    }
    return lastConverter;
  }

  private RowConverter compile(Schema schema, SinkRecord record) {
    ColumnType.Struct wanted;
    try {
      wanted = ConnectTypes.struct(schema);
    } catch (TidemarkException e) {
      throw RecordErrors.unmappable(record, e);
    }
    if (options.evolution() == SchemaEvolution.ADD) {
      // A field of a schema gets its column even while it is null.
      for (Column column : SchemaMerge.missing(columns, wanted).columns()) {
        throw new UnknownFieldException(column.name());
      }
    }
    RowConverter converter = ValueConverters.rows(fedColumns, fedCells, schema);
    if (bySchema.size() >= MAX_SCHEMAS) {
      bySchema.clear();
    }
    bySchema.put(schema, converter);
    return converter;
  }
}
