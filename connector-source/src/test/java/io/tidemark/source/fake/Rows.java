package io.tidemark.source.fake;

import io.tidemark.delta.read.ChangeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes files of rows that nobody has seen before. */
public final class Rows {

  private final Random random;
  private long nextId;
  private int nextFile;

  public Rows(long seed) {
    random = new Random(seed);
  }

  /** A file with some new rows, with gaps in their positions. */
  public FakeFile file(int rows) {
    List<FakeFile.FakeRow> content = new ArrayList<>();
    long position = random.nextInt(3);
    for (int i = 0; i < rows; i++) {
      content.add(new FakeFile.FakeRow(position, nextId++, ChangeType.INSERT));
      position += 1 + random.nextInt(2);
    }
    return of(content);
  }

  /** A file with the rows of others. */
  public FakeFile compacted(List<FakeFile> files) {
    List<FakeFile.FakeRow> content = new ArrayList<>();
    for (FakeFile file : files) {
      for (FakeFile.FakeRow row : file.rows()) {
        content.add(new FakeFile.FakeRow(content.size(), row.id(), ChangeType.INSERT));
      }
    }
    return of(content);
  }

  /** A file of changes. */
  public FakeFile changes(FakeFile.FakeRow... rows) {
    return of(Arrays.asList(rows));
  }

  private FakeFile of(List<FakeFile.FakeRow> content) {
    // Files of one moment, and a later commit with an earlier file, are what writers make too.
    long modifiedMs = 1000L + nextFile / 3 - random.nextInt(3);
    return new FakeFile(
        "part-" + nextFile++ + "-" + random.nextInt(1 << 20) + ".parquet", modifiedMs, content);
  }
}
