package io.tidemark.storage;

import io.tidemark.common.TaskThread;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Objects of Google Cloud Storage, through Google's file system for Hadoop. It asks whether there
 * is an object of that name, and uploads one with {@code ifGenerationMatch=0}, which the store
 * refuses when there is one by then.
 *
 * <p>Those are two refusals. When the question has found an object, this call has sent nothing, and
 * the object is another's. When the upload was refused, an earlier upload of this call may be the
 * reason, whose answer was lost: the client tries again by itself, and does not say so. The client
 * cannot give an object a token while it creates it, so only the content can tell. Other content is
 * another's, and the race is lost. The content of this call may be its own or that of another
 * caller with the same bytes: the outcome is unknown, and unknown is an {@link IOException}. A
 * caller that tries again then finds the object. This is rare, since the store answers a question
 * about an upload that is complete with the object.
 *
 * <p>The client publishes what it has when its stream is closed, also when the thread that writes
 * is interrupted. So each upload has a thread of its own, which nobody interrupts, and a stream
 * whose content cannot be read to the end is never closed.
 */
final class GenerationFiles implements WholeFiles {

  /** What holds unless the user says otherwise. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          "fs.gs.impl",
          "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
          // No markers of directories, and no look for them.
          "fs.gs.implicit.dir.repair.enable",
          "false",
          "fs.gs.create.items.conflict.check.enable",
          "false",
          "fs.gs.http.max.retry",
          "3",
          // Each upload takes as much memory, however small the object is. Google's: 64 MB, 8 MB.
          "fs.gs.outputstream.upload.chunk.size",
          Integer.toString(8 << 20),
          "fs.gs.outputstream.buffer.size",
          Integer.toString(256 << 10));

  /** What holds whatever the user says: other ways to write do not keep the contract. */
  static final Map<String, String> REQUIRED =
      Map.of(
          "fs.gs.client.type",
          "HTTP_API_CLIENT",
          "fs.gs.grpc.enable",
          "false",
          "fs.gs.outputstream.type",
          "BASIC",
          "fs.gs.outputstream.pipe.type",
          "IO_STREAM_PIPE",
          "fs.gs.outputstream.upload.cache.size",
          "0",
          "fs.gs.performance.cache.enable",
          "false");

  private static final int PRECONDITION_FAILED = 412;

  private static final int MAX_TRIES = 10;

  private static final int MIN_BLOCK_BYTES = 64 << 10;

  private final FileSystem fileSystem;

  /** No smaller than the buffer of the client, which a block then passes by. */
  private final int blockBytes;

  GenerationFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.blockBytes =
        Math.max(MIN_BLOCK_BYTES, fileSystem.getConf().getInt("fs.gs.outputstream.buffer.size", 0));
  }

  @Override
  public boolean createIfAbsent(Path file, byte[] content) throws IOException {
    return createIfAbsent(file, () -> new ByteArrayInputStream(content));
  }

  @Override
  public boolean createIfAbsent(Path file, java.nio.file.Path content) throws IOException {
    return createIfAbsent(file, () -> Files.newInputStream(content));
  }

  boolean createIfAbsent(Path file, Source content) throws IOException {
    try {
      upload(file, content, false);
      return true;
    } catch (FileAlreadyExistsException foundBefore) {
      return false;
    } catch (IOException refusal) {
      if (GoogleAnswer.status(refusal) != PRECONDITION_FAILED) {
        throw refusal;
      }
      if (holds(file, content, refusal)) {
        throw new IOException(
            "the store refused to create "
                + file
                + ", which has the content that it was to get: it is unknown who has created it",
            refusal);
      }
      return false;
    }
  }

  /** Writes an object on a thread that nobody interrupts, and waits for it. */
  private void upload(Path file, Source content, boolean overwrite) throws IOException {
    FutureTask<Void> upload =
        new FutureTask<>(
            () -> {
              write(file, content, overwrite);
              return null;
            });
    TaskThread.daemon("tidemark-upload", upload).start();
    try {
      upload.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException unknown =
          new InterruptedIOException("interrupted during the creation of " + file);
      unknown.initCause(e);
      throw unknown;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("cannot create " + file, e.getCause());
    }
  }

  private void write(Path file, Source content, boolean overwrite) throws IOException {
    try (InputStream in = content.open()) {
      byte[] block = in.readNBytes(blockBytes);
      FSDataOutputStream out = fileSystem.create(file, overwrite);
      while (block.length == blockBytes) {
        send(block, out);
        // When this fails, the client ends the upload, because the thread that wrote has ended.
        block = in.readNBytes(blockBytes);
      }
      send(block, out);
      out.close();
    }
  }

  /** A write fails only when the upload has failed, and only closing tells why. */
  private static void send(byte[] block, FSDataOutputStream out) throws IOException {
    try {
      out.write(block);
    } catch (IOException e) {
      try {
        out.close();
      } catch (IOException reason) {
        reason.addSuppressed(e);
        throw reason;
      }
      throw e;
    }
  }

  /** Whether the object that is there has this content. */
  private boolean holds(Path file, Source content, IOException refusal) throws IOException {
    try (InputStream found = fileSystem.open(file);
        InputStream ours = content.open()) {
      byte[] block;
      do {
        block = ours.readNBytes(blockBytes);
        if (!Arrays.equals(block, found.readNBytes(blockBytes))) {
          return false;
        }
      } while (block.length == blockBytes);
      return true;
    } catch (FileNotFoundException goneMeanwhile) {
      throw new IOException(
          "the store refused to create " + file + ", which is not there any more", refusal);
    } catch (IOException e) {
      e.addSuppressed(refusal);
      throw e;
    }
  }

  @Override
  public FSDataOutputStream create(Path file) throws IOException {
    return fileSystem.create(file, false);
  }

  /**
   * The client replaces the generation that it has seen, and fails when there is another by then.
   */
  @Override
  public void replace(Path file, byte[] content) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        upload(file, () -> new ByteArrayInputStream(content), true);
        return;
      } catch (IOException e) {
        if (GoogleAnswer.status(e) != PRECONDITION_FAILED || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** The client says of some failures that there was nothing to delete. */
  @Override
  public void delete(Path file) throws IOException {
    if (!fileSystem.delete(file, false) && fileSystem.exists(file)) {
      throw new IOException("cannot delete " + file);
    }
  }

  @Override
  public FileStatus status(Path file) throws IOException {
    return fileSystem.getFileStatus(file);
  }

  @Override
  public boolean showsUnfinished() {
    return false;
  }

  @Override
  public boolean needsDirectories() {
    return false;
  }

  /** What a file is to contain, which can be read several times. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }
}
