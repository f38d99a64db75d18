package io.tidemark.checkpoint.storage;

/**
 * A file as a listing shows it.
 *
 * @param name name in its directory
 * @param bytes size
 * @param modifiedMs when it was written, epoch milliseconds
 */
public record StoredFile(String name, long bytes, long modifiedMs) {

  /** Whether it is what a writer that died left of a file that never got its name. */
  public boolean isTemporary() {
    return name.startsWith(LinkedFile.TEMPORARY_PREFIX);
  }
}
