package io.tidemark.delta.table;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system; counts the operations on Delta logs of all instances together. */
public final class CountingFileSystem extends LocalFileSystem {

  private static final Map<String, Integer> COUNTS = new TreeMap<>();

  /** The counts since the last call, by operation. */
  public static synchronized Map<String, Integer> take() {
    Map<String, Integer> taken = new TreeMap<>(COUNTS);
    COUNTS.clear();
    return taken;
  }

  private static synchronized void count(String operation, Path path) {
    String name = path.getName();
    String kind = name.substring(name.lastIndexOf('.') + 1);
    COUNTS.merge(operation + " " + kind, 1, Integer::sum);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    count("open", path);
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    count("list", path);
    return super.listStatus(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    count("status", path);
    return super.getFileStatus(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    count("create", path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }
}
