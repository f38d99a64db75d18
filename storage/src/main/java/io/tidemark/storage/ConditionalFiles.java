package io.tidemark.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Objects of S3 and of stores like it, through S3A. One PUT with {@code If-None-Match: *} creates
 * an object, and the store refuses it when there is one.
 *
 * <p>When the answer to a PUT is lost, S3A sends it again, and the store refuses the second one
 * because of the first. So each object carries a token, which tells whose it is.
 */
final class ConditionalFiles implements WholeFiles {

  private static final String TOKEN = "tidemark-token";

  /** S3's answer to two conditional PUTs at once: neither was carried out, try again. */
  private static final int CONFLICT = 409;

  private static final int PRECONDITION_FAILED = 412;

  private static final int MAX_TRIES = 10;

  /** S3A's default. */
  private static final long PART_BYTES = 64 << 20;

  private final FileSystem fileSystem;
  private final long maxBytes;

  ConditionalFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.maxBytes = fileSystem.getConf().getLongBytes("fs.s3a.multipart.size", PART_BYTES);
  }

  @Override
  public boolean createIfAbsent(Path file, byte[] content) throws IOException {
    if (content.length > maxBytes) {
      // Some stores ignore the condition of an upload in several parts.
      throw StorageErrors.tooLarge(file.toString(), content.length, maxBytes);
    }
    return createIfAbsent(file, out -> out.write(content));
  }

  /** Of any size: only runs of windows come this way, and nobody else has their names. */
  @Override
  public boolean createIfAbsent(Path file, java.nio.file.Path content) throws IOException {
    return createIfAbsent(file, out -> Files.copy(content, out));
  }

  private boolean createIfAbsent(Path file, Content content) throws IOException {
    String token = UUID.randomUUID().toString();
    for (int tries = 1; ; tries++) {
      try {
        put(file, content, token);
        return true;
      } catch (IOException e) {
        if (e instanceof RemoteFileChangedException || status(e) == PRECONDITION_FAILED) {
          return bears(file, token, e);
        }
        if (status(e) != CONFLICT || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private void put(Path file, Content content, String token) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(file);
    builder.overwrite(true);
    builder.must("fs.option.create.conditional.overwrite", true);
    builder.must("fs.s3a.create.header." + TOKEN, token);
    FSDataOutputStream out = builder.build();
    write(out, content);
  }

  /** A stream that is closed publishes what was written, also after an error. */
  private static void write(FSDataOutputStream out, Content content) throws IOException {
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      out.abort();
      throw e;
    }
    out.close();
  }

  /** Whether the object that is there is the one of this call. */
  private boolean bears(Path file, String token, IOException refusal) throws IOException {
    try {
      byte[] found = fileSystem.getXAttr(file, "header." + TOKEN);
      return found != null && Arrays.equals(found, token.getBytes(StandardCharsets.UTF_8));
    } catch (FileNotFoundException goneMeanwhile) {
      throw new IOException(
          "the store refused to create " + file + ", which is not there any more", refusal);
    } catch (IOException e) {
      e.addSuppressed(refusal);
      throw e;
    }
  }

  private static int status(IOException e) {
    return e instanceof AWSServiceIOException answer ? answer.statusCode() : -1;
  }

  /** One PUT, or one for each part. Otherwise S3A would look first whether there is something. */
  @Override
  public FSDataOutputStream create(Path file) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(file);
    builder.overwrite(true);
    builder.must("fs.s3a.create.performance", true);
    return builder.build();
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    write(create(file), out -> out.write(content));
  }

  /** One request; {@code FileSystem.delete} takes up to four, and leaves markers of directories. */
  @Override
  public void delete(Path file) throws IOException {
    try (BulkDelete deletion = fileSystem.createBulkDelete(file.getParent())) {
      for (Map.Entry<Path, String> failure : deletion.bulkDelete(List.of(file))) {
        throw new IOException("cannot delete " + failure.getKey() + ": " + failure.getValue());
      }
    }
  }

  /**
   * One request, also where there is no object: S3A's other look-ups then look for a directory,
   * too.
   */
  @Override
  public FileStatus status(Path file) throws IOException {
    if (!(fileSystem instanceof S3AFileSystem s3)) {
      return fileSystem.getFileStatus(file);
    }
    HeadObjectResponse object = s3.getS3AInternals().getObjectMetadata(file);
    return new FileStatus(
        object.contentLength(),
        false,
        1,
        0,
        object.lastModified().toEpochMilli(),
        fileSystem.makeQualified(file));
  }

  @Override
  public boolean showsUnfinished() {
    return false;
  }

  @Override
  public boolean needsDirectories() {
    return false;
  }
}
