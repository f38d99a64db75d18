package io.tidemark.checkpoint.log;

/**
 * The decisions of the batches about a session.
 *
 * @param accepted sequence of the last of its segments that a batch accepted, -1 before the first;
 *     they are accepted in order and without gaps
 * @param fencedBy number of the first batch that accepts no segment of the session any more, -1
 *     while the session may continue
 */
public record SessionState(int accepted, long fencedBy) {

  /** Before the first decision. */
  public static final SessionState NEW = new SessionState(-1, -1);

  public boolean isFenced() {
    return fencedBy >= 0;
  }

  /** With the segment of this sequence accepted. */
  public SessionState accepting(int sequence) {
    return new SessionState(sequence, fencedBy);
  }

  /** Fenced by this batch, unless it was fenced before. */
  public SessionState fenced(long batch) {
    return isFenced() ? this : new SessionState(accepted, batch);
  }
}
