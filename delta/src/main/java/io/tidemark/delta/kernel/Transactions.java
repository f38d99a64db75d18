package io.tidemark.delta.kernel;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.replay.ActionsIterator;
import io.delta.kernel.internal.replay.LogReplay;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The queries with a transaction in a version. Kernel's API can look up only a known query. */
final class Transactions {

  private Transactions() {}

  /** Every {@code txn.appId}, including those in table checkpoints. */
  static Set<String> appIds(Engine engine, SnapshotImpl snapshot) throws IOException {
    Set<String> appIds = new TreeSet<>();
    try (ActionsIterator actions =
        new ActionsIterator(
            engine,
            snapshot.getLogSegment().allLogFilesReversed(),
            LogReplay.SET_TRANSACTION_READ_SCHEMA,
            Optional.empty())) {
      while (actions.hasNext()) {
        ColumnVector transactions = actions.next().getColumnarBatch().getColumnVector(0);
        for (int row = 0; row < transactions.getSize(); row++) {
          if (!transactions.isNullAt(row)) {
            appIds.add(transactions.getChild(0).getString(row));
          }
        }
      }
    }
    return appIds;
  }
}
