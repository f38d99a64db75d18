package io.tidemark.delta.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which files commits and versions name. Compares only the last part of the path: it is
 * unique, and the rest may be relative or absolute, and encoded in several ways.
 */
final class NamedFiles {

  private static final StructType PATH = new StructType().add("path", StringType.STRING);

  /** Includes removed files, because older versions still need them. */
  static final StructType ACTIONS = new StructType().add("add", PATH).add("remove", PATH);

  private final Map<String, String> wanted = new HashMap<>();
  private final Set<String> found = new HashSet<>();

  NamedFiles(Set<String> paths) {
    paths.forEach(path -> wanted.put(name(path), path));
  }

  boolean isComplete() {
    return found.size() == wanted.size();
  }

  Set<String> found() {
    return found;
  }

  /** Searches a commit, read as {@link #ACTIONS}. */
  Set<String> inCommit(Iterator<ColumnarBatch> batches) {
    while (batches.hasNext()) {
      ColumnarBatch batch = batches.next();
      for (int action = 0; action < ACTIONS.length(); action++) {
        ColumnVector actions = batch.getColumnVector(action);
        for (int row = 0; row < batch.getSize(); row++) {
          if (!actions.isNullAt(row)) {
            look(actions.getChild(0).getString(row));
          }
        }
      }
    }
    return found;
  }

  /** Searches the files of a version. */
  Set<String> inVersion(Iterator<FilteredColumnarBatch> files) throws IOException {
    while (files.hasNext() && !isComplete()) {
      try (CloseableIterator<Row> rows = files.next().getRows()) {
        while (rows.hasNext()) {
          Row row = rows.next();
          Row add = row.getStruct(row.getSchema().indexOf("add"));
          look(add.getString(add.getSchema().indexOf("path")));
        }
      }
    }
    return found;
  }

  private void look(String path) {
    String known = wanted.get(name(path));
    if (known != null) {
      found.add(known);
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
