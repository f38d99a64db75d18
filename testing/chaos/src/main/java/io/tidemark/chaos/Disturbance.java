package io.tidemark.chaos;

/**
 * One kind of event.
 *
 * @param name as the diary and the report call it
 * @param group under which the report counts it
 * @param act what happens
 */
public record Disturbance(String name, Group group, Act act) {

  /** What kinds have in common. */
  public enum Group {
    /** A process dies without warning. */
    KILL("kills"),
    /** A process is gone or frozen for a while. */
    OUTAGE("outages"),
    /** The object store fails, or is slow, for a while. */
    STORE("store faults"),
    /** Somebody operates the connector or its topics. */
    OPERATION("operations"),
    /** Somebody else writes to the table. */
    FOREIGN("foreign acts");

    private final String plural;

    Group(String plural) {
      this.plural = plural;
    }

    String plural() {
      return plural;
    }
  }

  /** What happens, and its end: when it returns, nothing is disturbed any more. */
  @FunctionalInterface
  interface Act {

    /**
     * @return what the dice have decided, for the diary
     */
    String strike(Scene scene, Dice dice);
  }

  /** Whether tasks may fail of it without a fault of the connector: their broker was away. */
  boolean takesTheBroker() {
    return name.startsWith("broker");
  }

  @Override
  public String toString() {
    return name;
  }
}
