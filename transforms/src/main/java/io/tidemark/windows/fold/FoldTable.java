package io.tidemark.windows.fold;

import java.util.Arrays;

/**
 * Keys of bytes to groups of accumulators, without an object per group: an open-addressing table
 * over one array of key bytes and one of numbers. Groups are numbered from 0 in order of arrival.
 */
final class FoldTable {

  private static final int FIRST_GROUPS = 1024;
  private static final int KEY_BYTES = 24;

  private final int longs;
  private final int objects;
  private int[] table = new int[FIRST_GROUPS * 2];
  private int[] hashes = new int[FIRST_GROUPS];

  /** Group {@code g}'s key begins at {@code keyAt[g]} and ends at {@code keyAt[g + 1]}. */
  private int[] keyAt = new int[FIRST_GROUPS + 1];

  private byte[] keys = new byte[FIRST_GROUPS * KEY_BYTES];
  private long[] numbers;
  private Object[] things;
  private int groups;
  private long heldBytes;

  FoldTable(Accumulators layout) {
    this(layout.longs(), layout.objects());
  }

  /**
   * @param longs numbers of each group
   * @param objects objects of each group
   */
  FoldTable(int longs, int objects) {
    this.longs = longs;
    this.objects = objects;
    this.numbers = new long[FIRST_GROUPS * longs];
    this.things = new Object[FIRST_GROUPS * objects];
  }

  int groups() {
    return groups;
  }

  /**
   * Approximate heap of the groups and their content, bytes: twice the content, since arrays are
   * doubled. Spare capacity does not count, otherwise an empty table would look full.
   */
  long bytes() {
    long perGroup = 4L * 4 + 8L * longs + 4L * objects;
    return 2 * (groups * perGroup + keyAt[groups]) + heldBytes;
  }

  /** Adds to the size of the groups' objects that {@link #bytes} counts. */
  void grew(int bytes) {
    heldBytes += bytes;
  }

  long[] numbers() {
    return numbers;
  }

  Object[] things() {
    return things;
  }

  int firstLong(int group) {
    return group * longs;
  }

  int firstObject(int group) {
    return group * objects;
  }

  byte[] keys() {
    return keys;
  }

  int keyFrom(int group) {
    return keyAt[group];
  }

  int keyLength(int group) {
    return keyAt[group + 1] - keyAt[group];
  }

  /** The group of this key, created if needed. */
  int group(byte[] key, int length) {
    int hash = hash(key, length);
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != 0) {
      int group = table[slot] - 1;
      if (hashes[group] == hash
          && Arrays.equals(keys, keyAt[group], keyAt[group + 1], key, 0, length)) {
        return group;
      }
      slot = (slot + 1) & mask;
    }
    return insert(key, length, hash, slot);
  }

  /** Removes all groups and releases large arrays. */
  void clear() {
    if (groups > FIRST_GROUPS * 64) {
      table = new int[FIRST_GROUPS * 2];
      hashes = new int[FIRST_GROUPS];
      keyAt = new int[FIRST_GROUPS + 1];
      keys = new byte[FIRST_GROUPS * KEY_BYTES];
      numbers = new long[FIRST_GROUPS * longs];
      things = new Object[FIRST_GROUPS * objects];
    } else {
      Arrays.fill(table, 0);
      Arrays.fill(numbers, 0, groups * longs, 0);
      Arrays.fill(things, 0, groups * objects, null);
    }
    groups = 0;
    heldBytes = 0;
  }

  /** The groups in order of their keys' unsigned bytes. */
  int[] sorted() {
    return new KeySort(keys, keyAt, groups).order();
  }

  private int insert(byte[] key, int length, int hash, int slot) {
    int group = groups++;
    table[slot] = groups;
    if (groups == hashes.length) {
      grow();
    }
    hashes[group] = hash;
    int end = keyAt[group] + length;
    if (end > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(end, keys.length * 2));
    }
    System.arraycopy(key, 0, keys, keyAt[group], length);
    keyAt[group + 1] = end;
    if (groups * 2 > table.length) {
      rehash();
    }
    return group;
  }

  private void grow() {
    int capacity = hashes.length * 2;
    hashes = Arrays.copyOf(hashes, capacity);
    keyAt = Arrays.copyOf(keyAt, capacity + 1);
    numbers = Arrays.copyOf(numbers, capacity * longs);
    things = Arrays.copyOf(things, capacity * objects);
  }

  private void rehash() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int group = 0; group < groups; group++) {
      int slot = hashes[group] & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = group + 1;
    }
  }

  private static int hash(byte[] key, int length) {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + key[i];
    }
    // Neighbouring windows and numbers differ in few bits; this spreads them over the table.
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }
}
