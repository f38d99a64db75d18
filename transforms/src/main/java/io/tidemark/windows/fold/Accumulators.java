package io.tidemark.windows.fold;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.function.AggregateFunction;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.function.Slots;
import java.util.Arrays;
import java.util.List;

/**
 * The accumulators of one group: the number of its records, then the accumulator of each function
 * in order. Used by one thread.
 */
public final class Accumulators {

  private final AggregateFunction[] functions;
  private final int[] longAt;
  private final int[] objectAt;
  private final int longs;
  private final int objects;
  private final Slots slots = new Slots();

  public Accumulators(List<AggregateFunction> functions) {
    this.functions = functions.toArray(AggregateFunction[]::new);
    this.longAt = new int[this.functions.length];
    this.objectAt = new int[this.functions.length];
    int nextLong = 1;
    int nextObject = 0;
    for (int i = 0; i < this.functions.length; i++) {
      longAt[i] = nextLong;
      objectAt[i] = nextObject;
      nextLong += this.functions[i].longs();
      nextObject += this.functions[i].objects();
    }
    this.longs = nextLong;
    this.objects = nextObject;
  }

  /** How many longs a group takes, at least 1. */
  public int longs() {
    return longs;
  }

  /** How many objects a group takes. */
  public int objects() {
    return objects;
  }

  /** How many functions there are. */
  public int count() {
    return functions.length;
  }

  /** The function of an aggregate. */
  public AggregateFunction function(int i) {
    return functions[i];
  }

  /**
   * Adds a record to the group at these places.
   *
   * @param arguments one per function; null is ignored
   * @return bytes by which the heap of the objects grew
   * @throws io.tidemark.windows.function.ArgumentException when an argument does not fit; the group
   *     is then invalid
   */
  public int add(
      long[] numbers,
      int firstLong,
      Object[] things,
      int firstObject,
      Object[] arguments,
      Occurrence occurrence) {
    numbers[firstLong]++;
    int growth = 0;
    for (int i = 0; i < functions.length; i++) {
      Object argument = arguments[i];
      if (argument != null) {
        slots.point(numbers, firstLong + longAt[i], things, firstObject + objectAt[i]);
        growth += functions[i].add(slots, argument, occurrence);
      }
    }
    return growth;
  }

  /** Appends the group at these places. */
  public void write(
      long[] numbers, int firstLong, Object[] things, int firstObject, ByteWriter out) {
    out.writeVarint(numbers[firstLong]);
    for (int i = 0; i < functions.length; i++) {
      slots.point(numbers, firstLong + longAt[i], things, firstObject + objectAt[i]);
      functions[i].write(slots, out);
    }
  }

  /** Merges what {@link #write} wrote into the group at these places. */
  public int merge(long[] numbers, int firstLong, Object[] things, int firstObject, ByteReader in) {
    numbers[firstLong] += in.readVarint();
    int growth = 0;
    for (int i = 0; i < functions.length; i++) {
      slots.point(numbers, firstLong + longAt[i], things, firstObject + objectAt[i]);
      growth += functions[i].merge(slots, in);
    }
    return growth;
  }

  /** Points at the accumulator of one function, of the group at these places. */
  Slots slots(int i, long[] numbers, int firstLong, Object[] things, int firstObject) {
    return slots.point(numbers, firstLong + longAt[i], things, firstObject + objectAt[i]);
  }

  /** A new group in its own arrays. */
  public Group group() {
    return new Group(this);
  }

  /** One group in arrays of its own. */
  public static final class Group {
    private final Accumulators layout;
    private final long[] numbers;
    private final Object[] things;

    private Group(Accumulators layout) {
      this.layout = layout;
      this.numbers = new long[layout.longs];
      this.things = new Object[layout.objects];
    }

    /** Empties it. */
    public void clear() {
      Arrays.fill(numbers, 0);
      Arrays.fill(things, null);
    }

    /** How many records are in it. */
    public long rows() {
      return numbers[0];
    }

    /** Adds a record. */
    public int add(Object[] arguments, Occurrence occurrence) {
      return layout.add(numbers, 0, things, 0, arguments, occurrence);
    }

    /** Appends it. */
    public void write(ByteWriter out) {
      layout.write(numbers, 0, things, 0, out);
    }

    /** Merges what {@link #write} wrote. */
    public int merge(ByteReader in) {
      return layout.merge(numbers, 0, things, 0, in);
    }

    /** The accumulator of one function; valid until the next call. */
    public Slots slots(int i) {
      return layout.slots(i, numbers, 0, things, 0);
    }
  }
}
