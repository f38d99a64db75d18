package io.tidemark.delta.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.StructType;
import io.tidemark.delta.kernel.DeletionVector;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The files of one version. Each call reads the list of all files and keeps the first wanted ones,
 * so the list of a large table is never in memory as a whole.
 */
final class SnapshotFiles {

  private static final JsonFactory JSON = new JsonFactory();

  private final KernelSnapshot snapshot;

  SnapshotFiles(KernelSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  long version() {
    return snapshot.version();
  }

  FilePage next(Predicate<String> wanted, Optional<TableFile> after, int limit) throws IOException {
    Search search = new Search(wanted, after, limit);
    return snapshot.files(
        true,
        batches -> {
          batches.forEachRemaining(search::through);
          return search.found();
        });
  }

  /** One search through all files. */
  private static final class Search {
    private final Predicate<String> wanted;
    private final Optional<TableFile> after;
    private final int limit;
    private final PriorityQueue<TableFile> first =
        new PriorityQueue<>(Comparator.<TableFile>reverseOrder());
    private long files;
    private long bytes;

    Search(Predicate<String> wanted, Optional<TableFile> after, int limit) {
      this.wanted = wanted;
      this.after = after;
      this.limit = limit;
    }

    void through(FilteredColumnarBatch filtered) {
      ColumnarBatch batch = filtered.getData();
      Optional<ColumnVector> selection = filtered.getSelectionVector();
      Adds adds = new Adds(batch.getColumnVector(batch.getSchema().indexOf("add")));
      for (int row = 0; row < batch.getSize(); row++) {
        boolean selected =
            selection.isEmpty()
                || (!selection.get().isNullAt(row) && selection.get().getBoolean(row));
        if (selected) {
          look(adds, row);
        }
      }
    }

    private void look(Adds adds, int row) {
      String path = adds.path.getString(row);
      TableFile position = TableFile.position(path, adds.modificationMs.getLong(row));
      if ((after.isPresent() && position.compareTo(after.get()) <= 0) || !wanted.test(path)) {
        return;
      }
      files++;
      bytes += adds.bytes.getLong(row);
      if (first.size() < limit || (limit > 0 && position.compareTo(first.peek()) < 0)) {
        first.add(adds.file(row, position));
        if (first.size() > limit) {
          first.remove();
        }
      }
    }

    FilePage found() {
      List<TableFile> page = new ArrayList<>(first);
      page.sort(null);
      return new FilePage(page, files, bytes);
    }
  }

  /** The columns of a batch of files. */
  private static final class Adds {
    private final ColumnVector path;
    private final ColumnVector partition;
    private final ColumnVector bytes;
    private final ColumnVector modificationMs;
    private final ColumnVector deleted;
    private final ColumnVector statistics;

    Adds(ColumnVector add) {
      StructType schema = (StructType) add.getDataType();
      this.path = add.getChild(schema.indexOf("path"));
      this.partition = add.getChild(schema.indexOf("partitionValues"));
      this.bytes = add.getChild(schema.indexOf("size"));
      this.modificationMs = add.getChild(schema.indexOf("modificationTime"));
      this.deleted = add.getChild(schema.indexOf("deletionVector"));
      this.statistics = add.getChild(schema.indexOf("stats"));
    }

    TableFile file(int row, TableFile position) {
      FileAction action =
          new FileAction(
              FileAction.Rows.PRESENT,
              bytes.getLong(row),
              Texts.of(partition.getMap(row)),
              DeletionVector.of(deleted, row),
              null);
      return new TableFile(
          position.path(),
          position.modificationMs(),
          bytes.getLong(row),
          rows(row, action.deleted()),
          action);
    }

    private OptionalLong rows(int row, DeletionVector vector) {
      OptionalLong stored =
          statistics.isNullAt(row) ? OptionalLong.empty() : numRecords(statistics.getString(row));
      return stored.isPresent() && vector != null
          ? OptionalLong.of(stored.getAsLong() - vector.rows())
          : stored;
    }
  }

  /** Member {@code numRecords} of a file's statistics; other members are skipped. */
  private static OptionalLong numRecords(String statistics) {
    try (JsonParser json = JSON.createParser(statistics)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals("numRecords");
        if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && found) {
          return OptionalLong.of(json.getLongValue());
        }
        json.skipChildren();
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
