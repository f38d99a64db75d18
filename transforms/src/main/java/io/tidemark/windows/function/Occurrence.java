package io.tidemark.windows.function;

/**
 * When and where a record occurred: the order of {@code first} and {@code last}. Event time comes
 * first, then offset, then partition, then a hash of the topic. Reused from record to record.
 */
public final class Occurrence {

  /** Event time, epoch microseconds. */
  public long eventMicros;

  /** Offset of the record in its partition. */
  public long offset;

  /** Number of the partition. */
  public int partition;

  /** Hash of the topic's name. */
  public int topicHash;

  /** How long the session of the record lasts after it, microseconds; 0 unless it has its own. */
  public long gapMicros;
}
