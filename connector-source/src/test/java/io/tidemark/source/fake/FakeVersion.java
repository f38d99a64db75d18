package io.tidemark.source.fake;

import io.tidemark.delta.read.Commit;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/**
 * A commit of a fake table, and what the table holds after it.
 *
 * @param appends files of new rows
 * @param changes what the change feed shows; like {@code appends} when nothing else is done
 * @param files all files of the table after the commit, in order
 * @param schema of rows
 * @param mark unlike that of any other version
 */
public record FakeVersion(
    String operation,
    List<FakeFile> appends,
    List<FakeFile> changes,
    List<FakeFile> files,
    int removed,
    String tableId,
    boolean newMetadata,
    Schema schema,
    String mark) {

  Commit.Summary summary() {
    return new Commit.Summary(
        appends.size(),
        appends.size(),
        removed,
        changes.equals(appends) ? 0 : changes.size(),
        0,
        newMetadata,
        newMetadata ? tableId : null);
  }
}
