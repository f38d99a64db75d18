package io.tidemark.delta.table;

import io.tidemark.checkpoint.log.DataFile;
import java.util.List;
import java.util.Map;

/**
 * One batch for one table.
 *
 * @param appId query id, the {@code txn.appId}
 * @param batch batch number, the {@code txn.version}
 * @param files files of this table, all closed and durable
 * @param offsets the offset ranges that the files hold, as text for {@code commitInfo}: {@code
 *     topic-partition} to {@code [from, to)}
 * @param tags what else {@code commitInfo} is to tell
 */
public record Append(
    String appId,
    long batch,
    List<DataFile> files,
    Map<String, String> offsets,
    Map<String, String> tags) {

  public Append {
    files = List.copyOf(files);
    offsets = Map.copyOf(offsets);
    tags = Map.copyOf(tags);
  }

  /** Without anything else to tell. */
  public Append(String appId, long batch, List<DataFile> files, Map<String, String> offsets) {
    this(appId, batch, files, offsets, Map.of());
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
