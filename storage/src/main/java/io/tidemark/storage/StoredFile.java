package io.tidemark.storage;

/**
 * A file as a listing shows it.
 *
 * @param name name in its directory
 * @param bytes size
 * @param modifiedMs when it was written, epoch milliseconds
 */
public record StoredFile(String name, long bytes, long modifiedMs) {

  /** Beginning of temporary names; listings leave such names out. */
  static final String TEMPORARY_PREFIX = ".tmp-";

  /** Whether it is the temporary file of a writer that died before it could rename the file. */
  public boolean isTemporary() {
    return name.startsWith(TEMPORARY_PREFIX);
  }
}
