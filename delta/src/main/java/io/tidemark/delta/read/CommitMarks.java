package io.tidemark.delta.read;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Commit marks, which distinguish a commit from another one with the same number. A mark is a hash
 * of the size of the commit's file and of its first and last bytes. These bytes have times and
 * random names, so they differ for each commit. The modification time is not part of the mark,
 * because a backup changes it. While the file does not change, a mark costs one look-up.
 */
final class CommitMarks {

  /** Bytes read at each end of a commit; most commits are shorter and are read completely. */
  static final int END_BYTES = 64 * 1024;

  private static final int TEXT_BYTES = 8;
  private static final int MOST = 300;

  private final TableLog log;
  private final Map<Long, Marked> known = new LinkedHashMap<>();

  private record Marked(FileStatus file, String mark) {}

  CommitMarks(TableLog log) {
    this.log = log;
  }

  /** The mark of a version; empty when the log does not have its commit. */
  Optional<String> of(long version) throws IOException {
    Optional<FileStatus> file = log.commit(version);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Marked before = known.get(version);
    if (before != null && TableLog.same(before.file(), file.get())) {
      return Optional.of(before.mark());
    }
    String mark = read(file.get());
    known.put(version, new Marked(file.get(), mark));
    if (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
    return Optional.of(mark);
  }

  private String read(FileStatus file) throws IOException {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(file.getSize()).flip());
    int first = (int) Math.min(END_BYTES, file.getSize());
    digest.update(log.bytes(file.getPath(), 0, first));
    long last = Math.max(first, file.getSize() - END_BYTES);
    if (last < file.getSize()) {
      int length = (int) (file.getSize() - last);
      digest.update(log.bytes(file.getPath(), Math.toIntExact(last), length));
    }
    return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), TEXT_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
