package io.tidemark.source.read;

/**
 * How far a reader is behind its table.
 *
 * @param versions number of versions that are not read to the end
 * @param files number of known remaining files
 * @param bytes size of these files
 * @param ms milliseconds since the commit of the oldest version that is not read to the end; 0 when
 *     there is none
 */
public record Lag(long versions, long files, long bytes, long ms) {

  /** No lag at all. */
  public static final Lag NONE = new Lag(0, 0, 0, 0);

  /** The lag of a table that does not exist or was not reached yet. */
  public static final Lag UNKNOWN = new Lag(-1, -1, -1, -1);

  /** Both together; unknown when one is. */
  public Lag plus(Lag other) {
    if (equals(UNKNOWN) || other.equals(UNKNOWN)) {
      return UNKNOWN;
    }
    return new Lag(
        Math.max(versions, other.versions),
        files + other.files,
        bytes + other.bytes,
        Math.max(ms, other.ms));
  }
}
