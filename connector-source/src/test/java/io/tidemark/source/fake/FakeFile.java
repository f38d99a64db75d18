package io.tidemark.source.fake;

import io.tidemark.delta.read.ChangeType;
import java.util.List;

/**
 * A file of a fake table.
 *
 * @param rows in the order of the file
 */
public record FakeFile(String path, long modifiedMs, List<FakeRow> rows) {

  /**
   * A row.
   *
   * @param position in the file; those between are deleted
   * @param id unlike that of any other row
   */
  public record FakeRow(long position, long id, ChangeType type) {}
}
