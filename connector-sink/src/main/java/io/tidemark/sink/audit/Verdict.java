package io.tidemark.sink.audit;

/**
 * Whether two successive ranges of a topic-partition join, and if not, why.
 *
 * @param why in words, beginning in lower case; empty when they join
 */
public record Verdict(Kind kind, String why) {

  /** Kinds of verdicts. */
  public enum Kind {
    /** The next begins where the previous one ended. */
    JOINS,
    /** They do not join, and a plan of the checkpoint location says why. */
    EXPLAINED,
    /** They do not join, and the plans that could say why are no longer retained. */
    UNPROVEN,
    /** Offsets between them are in no range. */
    GAP,
    /** Offsets are in both. */
    OVERLAP;

    /** Whether an operator has to check it. */
    public boolean isFinding() {
      return this == GAP || this == OVERLAP;
    }
  }

  static final Verdict JOINS = new Verdict(Kind.JOINS, "");
}
