package io.tidemark.windows.state;

import java.util.ArrayList;
import java.util.List;

/** Atomic changes of a store: first a range is removed, then values are set. */
public final class StateChanges {

  /** Receives the changes, in order. */
  public interface Target<X extends Exception> {
    void remove(byte[] from, byte[] to) throws X;

    void put(byte[] key, byte[] value) throws X;
  }

  private final List<byte[]> keys = new ArrayList<>(4);
  private final List<byte[]> values = new ArrayList<>(4);
  private byte[] removedFrom;
  private byte[] removedTo;

  /** Sets a value. */
  public StateChanges put(byte[] key, byte[] value) {
    keys.add(key);
    values.add(value);
    return this;
  }

  /**
   * Removes the existing entries between two keys.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public StateChanges remove(byte[] from, byte[] to) {
    removedFrom = from;
    removedTo = to;
    return this;
  }

  /** Whether a range is removed. */
  public boolean removes() {
    return removedFrom != null;
  }

  /** Applies the changes to a target. */
  public <X extends Exception> void to(Target<X> target) throws X {
    if (removes()) {
      target.remove(removedFrom, removedTo);
    }
    for (int i = 0; i < keys.size(); i++) {
      target.put(keys.get(i), values.get(i));
    }
  }
}
