package io.tidemark.checkpoint.log;

import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Creates a file once, and finds out whether it is this writer's even when the outcome is unclear.
 */
final class ExclusiveFile {

  private ExclusiveFile() {}

  /**
   * Creates the file unless it exists. After an unclear outcome it reads the file: equal content
   * means that this writer, or one with the same decision, created it.
   *
   * @return true when the file has exactly this content
   * @throws IOException when the outcome stays unknown
   */
  static boolean create(Storage storage, String path, byte[] content) throws IOException {
    try {
      if (storage.createIfAbsent(path, content)) {
        return true;
      }
    } catch (IOException unclear) {
      Optional<byte[]> found = storage.read(path);
      if (found.isEmpty()) {
        throw unclear;
      }
      return Arrays.equals(found.get(), content);
    }
    return storage.read(path).filter(found -> Arrays.equals(found, content)).isPresent();
  }

  /**
   * Creates a file whose name no other writer uses. It may have been there and be gone: it was
   * created late, others carried out what it says, and deleted it.
   *
   * @return false when a file of that name has other content, which is damage
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  static boolean createOwn(Storage storage, String path, byte[] content) throws IOException {
    return create(storage, path, content) || storage.read(path).isEmpty();
  }
}
