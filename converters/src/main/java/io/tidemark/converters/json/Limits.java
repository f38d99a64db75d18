package io.tidemark.converters.json;

/**
 * How large parts of a text may be. Without limits a few records could keep a task busy for ever.
 */
public final class Limits {

  /** Bytes of a text: 128 MiB. Its tape can have eight times as many. */
  public static final int TEXT_BYTES = 128 << 20;

  /** Arrays and objects inside each other. */
  public static final int DEPTH = 1000;

  /** Bytes of a name. */
  public static final int NAME_BYTES = 50_000;

  /** Bytes of a number: the time to read a decimal grows with their square. */
  public static final int NUMBER_BYTES = 1000;

  /**
   * Absolute value of an exponent: beyond it, a decimal written without one could fill the heap.
   */
  public static final int EXPONENT = 9999;

  private Limits() {}
}
