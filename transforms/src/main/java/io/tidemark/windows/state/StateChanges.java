package io.tidemark.windows.state;

import java.util.ArrayList;
import java.util.List;

/** Changes of a store that are made together: first a range goes, then values are set. */
public final class StateChanges {

  /** Takes the changes, in order. */
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
   * Removes what stood between two keys before.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public StateChanges remove(byte[] from, byte[] to) {
    removedFrom = from;
    removedTo = to;
    return this;
  }

  /** Whether a range goes. */
  public boolean removes() {
    return removedFrom != null;
  }

  /** Hands the changes over. */
  public <X extends Exception> void to(Target<X> target) throws X {
    if (removes()) {
      target.remove(removedFrom, removedTo);
    }
    for (int i = 0; i < keys.size(); i++) {
      target.put(keys.get(i), values.get(i));
    }
  }
}
