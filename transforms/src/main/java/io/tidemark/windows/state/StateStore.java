package io.tidemark.windows.state;

/**
 * A sorted map of bytes to bytes on disk. A change survives the end of the process once {@link
 * #write} has returned. Used by one thread at a time; every failure is a {@link
 * io.tidemark.windows.FatalError}.
 */
public interface StateStore extends AutoCloseable {

  /** The value of a key, or null. */
  byte[] get(byte[] key);

  /** Makes all changes, or none of them. */
  void write(StateChanges changes);

  @Override
  void close();
}
