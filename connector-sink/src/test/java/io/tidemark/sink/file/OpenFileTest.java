package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.StatisticsColumns;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {

  private static final TableSchema SCHEMA =
      new TableSchema(
          new ColumnType.Struct(List.of(new Column("id", ColumnType.Primitive.LONG, true))),
          List.of());

  @TempDir Path directory;

  @Test
  void leavesNoFileWhenTheAnswerOfItsCreationIsLost() {
    assertThatThrownBy(
            () ->
                open(
                    created -> {
                      created.close();
                      throw new IOException("lost answer");
                    }))
        .hasMessage("lost answer");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesNoFileWhenNeitherWritingNorClosingSucceeds() {
    assertThatThrownBy(
            () ->
                open(
                    created -> {
                      created.close();
                      return new FSDataOutputStream(new BrokenOutput(), null);
                    }))
        .hasMessage("cannot write");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesAFileThatExisted() throws IOException {
    Files.writeString(directory.resolve("file"), "another");
    assertThatThrownBy(() -> open(created -> created))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(directory.resolve("file")).hasContent("another");
  }

  /** What becomes of a file that the storage has created. */
  private interface Creation {
    FSDataOutputStream answer(FSDataOutputStream created) throws IOException;
  }

  private void open(Creation creation) throws IOException {
    Configuration conf = new Configuration();
    FileSystem local = FileSystem.get(directory.toUri(), conf);
    FileSystem storage =
        new FilterFileSystem(((LocalFileSystem) local).getRawFileSystem()) {
          @Override
          public FSDataOutputStream create(
              org.apache.hadoop.fs.Path path,
              FsPermission permission,
              boolean overwrite,
              int bufferSize,
              short replication,
              long blockSize,
              Progressable progress)
              throws IOException {
            return creation.answer(
                fs.create(
                    path, permission, overwrite, bufferSize, replication, blockSize, progress));
          }
        };
    storage.setConf(conf);
    String table = directory.toString();
    FileShape shape = new FileShape(table, SCHEMA, "", StatisticsColumns.byDefault(SCHEMA));
    new OpenFile(
        0, WholeFiles.of(storage, "hdfs"), table, "file", shape, List.of(), FileOptions.defaults());
  }

  private static final class BrokenOutput extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      throw new IOException("cannot write");
    }

    @Override
    public void close() throws IOException {
      throw new IOException("cannot close");
    }
  }
}
