package io.tidemark.command.verify;

/**
 * A result of the verification.
 *
 * @param where table, or table and topic-partition
 */
public record Finding(Kind kind, String where, String what) {

  /** The kinds of results. */
  public enum Kind {
    GAP("offsets are in no version"),
    OVERLAP("offsets are in two versions"),
    DOUBLED("a batch is in a table twice, or after a later one, or a table has two names"),
    MISSING("a batch is not in a table that it wrote to"),
    DIFFERS("two sources contradict each other about one batch"),
    AHEAD("a table has a batch that the checkpoint location does not"),
    REPLACED("the table is gone or has been replaced"),
    DUPLICATE("offsets have more than one row"),
    BEYOND("rows have offsets that no batch has"),
    HOLE("offsets have no row"),
    DAMAGED("a file of the checkpoint location is damaged"),
    EXPLAINED("ranges do not join, and plans explain it"),
    UNPROVEN("ranges do not join, and the plans that could explain it are gone"),
    NOTE("");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    /** In a few words. */
    public String meaning() {
      return meaning;
    }

    /** Whether it needs a person's attention. */
    public boolean isBad() {
      return compareTo(EXPLAINED) < 0;
    }
  }
}
