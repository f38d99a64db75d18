package io.tidemark.windows.function;

/**
 * Points at one accumulator inside arrays that hold many; the object is reused for the next
 * accumulator. An accumulator whose longs are 0 and whose objects are null is empty.
 */
public final class Slots {

  private long[] longs = {};
  private Object[] objects = {};
  private int longAt;
  private int objectAt;

  /** Points at the accumulator that begins at these places. */
  public Slots point(long[] longArray, int firstLong, Object[] objectArray, int firstObject) {
    longs = longArray;
    longAt = firstLong;
    objects = objectArray;
    objectAt = firstObject;
    return this;
  }

  /** Long {@code i} of the accumulator. */
  public long number(int i) {
    return longs[longAt + i];
  }

  /** Sets long {@code i} of the accumulator. */
  public void number(int i, long value) {
    longs[longAt + i] = value;
  }

  /** Object {@code i} of the accumulator. */
  public Object object(int i) {
    return objects[objectAt + i];
  }

  /** Sets object {@code i} of the accumulator. */
  public void object(int i, Object value) {
    objects[objectAt + i] = value;
  }
}
