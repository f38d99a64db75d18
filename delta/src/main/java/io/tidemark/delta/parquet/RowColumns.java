package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/**
 * The columns to read from a file.
 *
 * @param columns the columns, with the names and field ids by which files have them
 * @param schema of the rows: a struct with one field for each column, in the same order
 * @param constants values by index of the column, for columns whose value is the same in all rows
 *     and is not read from the file; null values are allowed
 * @param tagColumn a text column that {@link ParquetRows#tag} gives besides; null for none
 */
public record RowColumns(
    ColumnType.Struct columns, Schema schema, Map<Integer, Object> constants, String tagColumn) {}
