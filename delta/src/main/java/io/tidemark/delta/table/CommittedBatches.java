package io.tidemark.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.kernel.Texts;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads from a commit what {@link CommitDescriptions} wrote. The transaction is read first, because
 * the {@code commitInfo} of other writers is not needed and may have members of any type.
 */
public final class CommittedBatches {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final StructType TRANSACTION =
      new StructType()
          .add(
              "txn",
              new StructType().add("appId", StringType.STRING).add("version", LongType.LONG));

  private static final StructType INFO =
      new StructType()
          .add(
              "commitInfo",
              new StructType()
                  .add("timestamp", LongType.LONG)
                  .add("inCommitTimestamp", LongType.LONG)
                  .add(
                      "operationMetrics",
                      new StructType()
                          .add("numOutputRows", StringType.STRING)
                          .add("numAddedFiles", StringType.STRING)
                          .add("numOutputBytes", StringType.STRING))
                  .add("userMetadata", StringType.STRING)
                  .add("tags", Texts.TYPE));

  private CommittedBatches() {}

  /** The batch of a query in a commit; empty when the commit has none. */
  public static Optional<CommittedBatch> read(
      TableLog log, FileStatus commit, long version, String queryId) throws IOException {
    return read(log, commit, version, queryId::equals);
  }

  /** The first batch in a commit of any query that is wanted. */
  public static Optional<CommittedBatch> read(
      TableLog log, FileStatus commit, long version, Predicate<String> wanted) throws IOException {
    Optional<Transaction> transaction = transaction(log, commit, wanted);
    if (transaction.isEmpty()) {
      return Optional.empty();
    }
    String queryId = transaction.get().queryId();
    long batch = transaction.get().batch();
    return Optional.of(
        log.read(commit, INFO, batches -> described(commit, version, queryId, batch, batches)));
  }

  private static CommittedBatch described(
      FileStatus commit,
      long version,
      String queryId,
      long batch,
      Iterator<ColumnarBatch> batches) {
    while (batches.hasNext()) {
      ColumnVector info = batches.next().getColumnVector(0);
      for (int row = 0; row < info.getSize(); row++) {
        if (!info.isNullAt(row)) {
          return described(commit, version, queryId, batch, info, row);
        }
      }
    }
    return new CommittedBatch(
        version,
        commit.getModificationTime(),
        queryId,
        batch,
        -1,
        -1,
        -1,
        new TreeMap<>(),
        new TreeMap<>());
  }

  private static CommittedBatch described(
      FileStatus commit, long version, String queryId, long batch, ColumnVector info, int row) {
    ColumnVector metrics = info.getChild(2);
    boolean measured = !metrics.isNullAt(row);
    long timestampMs =
        !info.getChild(1).isNullAt(row)
            ? info.getChild(1).getLong(row)
            : info.getChild(0).isNullAt(row)
                ? commit.getModificationTime()
                : info.getChild(0).getLong(row);
    return new CommittedBatch(
        version,
        timestampMs,
        queryId,
        batch,
        measured ? number(metrics.getChild(0), row) : -1,
        measured ? number(metrics.getChild(1), row) : -1,
        measured ? number(metrics.getChild(2), row) : -1,
        offsets(info.getChild(3), row),
        tags(info.getChild(4), row));
  }

  private static SortedMap<String, String> tags(ColumnVector texts, int row) {
    SortedMap<String, String> tags = new TreeMap<>();
    if (!texts.isNullAt(row)) {
      MapValue map = texts.getMap(row);
      for (int i = 0; i < map.getSize(); i++) {
        if (!map.getValues().isNullAt(i)) {
          tags.put(map.getKeys().getString(i), map.getValues().getString(i));
        }
      }
    }
    return tags;
  }

  private record Transaction(String queryId, long batch) {}

  private static Optional<Transaction> transaction(
      TableLog log, FileStatus commit, Predicate<String> wanted) throws IOException {
    return log.read(commit, TRANSACTION, batches -> transaction(batches, wanted));
  }

  private static Optional<Transaction> transaction(
      Iterator<ColumnarBatch> batches, Predicate<String> wanted) {
    while (batches.hasNext()) {
      ColumnVector transaction = batches.next().getColumnVector(0);
      for (int row = 0; row < transaction.getSize(); row++) {
        if (!transaction.isNullAt(row)) {
          String queryId = transaction.getChild(0).getString(row);
          if (wanted.test(queryId)) {
            return Optional.of(new Transaction(queryId, transaction.getChild(1).getLong(row)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static long number(ColumnVector text, int row) {
    try {
      return text.isNullAt(row) ? -1 : Long.parseLong(text.getString(row));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** User metadata is free text: anything except a JSON map of texts has no offsets. */
  private static SortedMap<String, String> offsets(ColumnVector text, int row) {
    SortedMap<String, String> offsets = new TreeMap<>();
    if (text.isNullAt(row)) {
      return offsets;
    }
    try {
      JsonNode json = JSON.readTree(text.getString(row));
      json.properties()
          .forEach(
              range -> {
                if (range.getValue().isTextual()) {
                  offsets.put(range.getKey(), range.getValue().asText());
                }
              });
    } catch (JsonProcessingException e) {
      offsets.clear();
    }
    return offsets;
  }
}
