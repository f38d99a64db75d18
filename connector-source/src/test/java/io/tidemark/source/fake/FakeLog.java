package io.tidemark.source.fake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The log of a fake table. */
public final class FakeLog {

  private final List<FakeVersion> versions = new ArrayList<>();
  private int commits = 0x1000;
  private String tableId;
  private Schema schema = schema("id");

  /** Commits below this one are gone; snapshots from the one before it on can be read. */
  public long earliest;

  /** An empty table, at version 0. */
  public FakeLog(String tableId) {
    this.tableId = tableId;
    add("CREATE TABLE", List.of(), List.of(), List.of(), 0, true);
  }

  /** A schema of rows with one column of text per name, beside {@code id}. */
  public static Schema schema(String... columns) {
    SchemaBuilder builder = SchemaBuilder.struct().name("fake");
    for (String column : columns) {
      builder.field(
          column, column.equals("id") ? Schema.INT64_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA);
    }
    return builder.build();
  }

  public long newest() {
    return versions.size() - 1L;
  }

  public FakeVersion at(long version) {
    return versions.get((int) version);
  }

  /** All versions as they are now. */
  public List<FakeVersion> versions() {
    return List.copyOf(versions);
  }

  public String tableId() {
    return tableId;
  }

  /** Files of new rows. */
  public void append(List<FakeFile> files) {
    List<FakeFile> all = new ArrayList<>(files());
    all.addAll(files);
    add("WRITE", files, files, all, 0, false);
  }

  /** Files in the place of all others, with the same rows. */
  public void optimize(List<FakeFile> files) {
    add("OPTIMIZE", List.of(), List.of(), files, 0, false);
  }

  /** Rows change: files are replaced. */
  public void change(
      String operation, List<FakeFile> removed, List<FakeFile> added, List<FakeFile> changes) {
    List<FakeFile> all = new ArrayList<>(files());
    all.removeAll(removed);
    all.addAll(added);
    add(operation, added, changes, all, removed.size(), false);
  }

  /** Other columns. */
  public void columns(String... columns) {
    schema = schema(columns);
    add("CHANGE COLUMNS", List.of(), List.of(), files(), 0, true);
  }

  /** Another id from here on, as REPLACE TABLE may give. */
  public void replace(String id) {
    tableId = id;
    add("REPLACE TABLE", List.of(), List.of(), files(), 0, true);
  }

  /** The newest commits vanish. */
  public void restoreTo(long version) {
    while (newest() > version) {
      versions.remove(versions.size() - 1);
    }
  }

  public List<FakeFile> files() {
    return versions.isEmpty() ? List.of() : versions.get(versions.size() - 1).files();
  }

  private void add(
      String operation,
      List<FakeFile> appends,
      List<FakeFile> changes,
      List<FakeFile> files,
      int removed,
      boolean newMetadata) {
    List<FakeFile> ordered = new ArrayList<>(files);
    ordered.sort(Comparator.comparingLong(FakeFile::modifiedMs).thenComparing(FakeFile::path));
    versions.add(
        new FakeVersion(
            operation,
            appends,
            changes,
            ordered,
            removed,
            tableId,
            newMetadata,
            schema,
            Integer.toHexString(commits++)));
  }
}
