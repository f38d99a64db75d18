package io.tidemark.delta.kernel;

import io.delta.kernel.utils.FileStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A commit of which this process has written every byte. It is known again by its content, so that
 * nobody has to ask the store for its modification time after it was written.
 */
final class WrittenCommit extends FileStatus {

  /** To read a commit again costs as much as to ask for its time, unless it is large. */
  static final int MAX_BYTES = 64 << 10;

  private final byte[] digest;

  /**
   * @param nowMs epoch milliseconds of this process, in place of the store's
   */
  WrittenCommit(String path, byte[] content, long nowMs) {
    super(path, content.length, nowMs);
    this.digest = digest(content);
  }

  /** Whether a file with this content is the one that was written. */
  boolean is(byte[] content) {
    return MessageDigest.isEqual(digest, digest(content));
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
