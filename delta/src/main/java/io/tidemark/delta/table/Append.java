package io.tidemark.delta.table;

import io.tidemark.common.DataFile;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One batch for one table.
 *
 * @param appId query id, the {@code txn.appId}
 * @param batch batch number, the {@code txn.version}
 * @param expected the batch that must be the newest of the query in the table, empty for none
 * @param searchedFromMs epoch milliseconds since when another driver may have committed the batch:
 *     where the table knows no transaction of the query, its log is searched back to there; empty
 *     when nobody can have
 * @param files files of this table, all closed and durable
 * @param offsets the offset ranges that the files hold, as text for {@code commitInfo}: {@code
 *     topic-partition} to {@code [from, to)}
 * @param tags what else {@code commitInfo} is to tell
 */
public record Append(
    String appId,
    long batch,
    OptionalLong expected,
    OptionalLong searchedFromMs,
    List<DataFile> files,
    Map<String, String> offsets,
    Map<String, String> tags) {

  /** By so much clocks may differ: that of the driver that planned, and that of the file system. */
  public static final long CLOCKS_DIFFER_MS = 86_400_000;

  public Append {
    files = List.copyOf(files);
    offsets = Map.copyOf(offsets);
    tags = Map.copyOf(tags);
  }

  /** The batch that follows the one before it in the table, with nothing else to tell. */
  public Append(String appId, long batch, List<DataFile> files, Map<String, String> offsets) {
    this(
        appId,
        batch,
        batch == 0 ? OptionalLong.empty() : OptionalLong.of(batch - 1),
        OptionalLong.empty(),
        files,
        offsets,
        Map.of());
  }

  /** The same batch, expecting another one before it. */
  public Append after(OptionalLong last) {
    return new Append(appId, batch, last, searchedFromMs, files, offsets, tags);
  }

  /** Rows of all files. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }
}
