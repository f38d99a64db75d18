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
 * @param expected the batch that must be the newest of the query in the table; empty when there
 *     must be none
 * @param searchedFromMs the earliest time, in epoch milliseconds, at which another driver may have
 *     committed the batch. When the table has no transaction of the query, the commits since this
 *     time are searched. Empty when no other driver can have committed it
 * @param files files of this table, all closed and durable
 * @param offsets the offset ranges in the files, as text for {@code commitInfo}: {@code
 *     topic-partition} to {@code [from, to)}
 * @param tags the tags of {@code commitInfo}
 */
public record Append(
    String appId,
    long batch,
    OptionalLong expected,
    OptionalLong searchedFromMs,
    List<DataFile> files,
    Map<String, String> offsets,
    Map<String, String> tags) {

  /** How much the clock of the driver that planned may differ from that of the file system. */
  public static final long CLOCKS_DIFFER_MS = 86_400_000;

  public Append {
    files = List.copyOf(files);
    offsets = Map.copyOf(offsets);
    tags = Map.copyOf(tags);
  }

  /** The batch that follows the previous one in the table, without tags. */
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

  /** The same batch, with another expected batch. */
  public Append after(OptionalLong last) {
    return new Append(appId, batch, last, searchedFromMs, files, offsets, tags);
  }

  /** Number of rows in all files. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** Size of all files. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }
}
