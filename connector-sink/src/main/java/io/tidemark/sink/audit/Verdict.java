package io.tidemark.sink.audit;

/**
 * What became of the place where two successive ranges of a topic-partition should join.
 *
 * @param why in words, beginning in lower case; empty when they join
 */
public record Verdict(Kind kind, String why) {

  /** What can be. */
  public enum Kind {
    /** The next begins where the one before ended. */
    JOINS,
    /** They do not join, and a plan of the checkpoint location says why. */
    EXPLAINED,
    /** They do not join, and the plans that could say why are no longer retained. */
    UNPROVEN,
    /** Offsets between them are in no range. */
    GAP,
    /** Offsets are in both. */
    OVERLAP;

    /** Whether a person has to look. */
    public boolean isFinding() {
      return this == GAP || this == OVERLAP;
    }
  }

  static final Verdict JOINS = new Verdict(Kind.JOINS, "");
}
