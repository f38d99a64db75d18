package io.tidemark.delta.parquet;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.schema.MessageType;

/**
 * The rows of a file in slices, which limit the part of the file in memory: a row group, or, if
 * that is large and the file has a page index, equal parts of its rows.
 */
final class RowSlices {

  private final ParquetFileReader file;
  private final Set<ColumnPath> columns = new HashSet<>();
  private final List<BlockMetaData> rowGroups;
  private final long bytes;
  private int rowGroup;

  /** Number of the row group's first row. */
  private long base;

  /**
   * A slice.
   *
   * @param first number of its first row in the file
   */
  record Slice(long first, long rows, PageReadStore pages) {}

  /**
   * @param read the columns that are read of the file
   * @param bytes that a slice of a row group should have, as they are stored
   */
  RowSlices(ParquetFileReader file, MessageType read, long bytes) {
    this.file = file;
    this.rowGroups = file.getRowGroups();
    this.bytes = bytes;
    for (String[] path : read.getPaths()) {
      columns.add(ColumnPath.get(path));
    }
  }

  /** The slice with a row, which is not in front of the last slice; null after the last row. */
  Slice with(long row) throws IOException {
    while (rowGroup < rowGroups.size() && base + rowGroups.get(rowGroup).getRowCount() <= row) {
      base += rowGroups.get(rowGroup).getRowCount();
      rowGroup++;
    }
    if (rowGroup == rowGroups.size()) {
      return null;
    }
    long rows = rowGroups.get(rowGroup).getRowCount();
    long perSlice = rowsPerSlice(rowGroups.get(rowGroup));
    if (perSlice >= rows) {
      return new Slice(base, rows, file.readRowGroup(rowGroup));
    }
    int number = Math.toIntExact((row - base) / perSlice);
    long first = number * perSlice;
    RowRanges range =
        RowRanges.create(rows, IntStream.of(number).iterator(), new EqualParts(rows, perSlice));
    return new Slice(base + first, range.rowCount(), file.readFilteredRowGroup(rowGroup, range));
  }

  private long rowsPerSlice(BlockMetaData group) {
    long stored = 0;
    long dictionaries = 0;
    for (ColumnChunkMetaData column : group.getColumns()) {
      if (columns.contains(column.getPath())) {
        if (column.getOffsetIndexReference() == null) {
          return group.getRowCount();
        }
        stored += column.getTotalSize();
        dictionaries += dictionary(column);
      }
    }
    // Each slice reads the dictionaries again, so they must be the smaller part of a slice.
    long slices = 1 + (stored - dictionaries) / Math.max(bytes, 4 * dictionaries);
    return Math.max(1, group.getRowCount() / slices + 1);
  }

  private static long dictionary(ColumnChunkMetaData column) {
    long offset = column.getDictionaryPageOffset();
    return offset <= 0 ? 0 : Math.max(0, column.getFirstDataPageOffset() - offset);
  }

  /** Parquet's way to ask for a part of the rows: as if they were pages of some column. */
  private record EqualParts(long rows, long perPart) implements OffsetIndex {

    @Override
    public int getPageCount() {
      return Math.toIntExact((rows + perPart - 1) / perPart);
    }

    @Override
    public long getFirstRowIndex(int part) {
      return part * perPart;
    }

    @Override
    public long getOffset(int part) {
      throw new UnsupportedOperationException("a part of rows has no place in the file");
    }

    @Override
    public int getCompressedPageSize(int part) {
      throw new UnsupportedOperationException("a part of rows has no size");
    }
  }
}
