package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * The actions of tables, queues and operators in a world, outside the connector's own logs.
 *
 * @param poisonEvery distance between records that cannot become rows, 0 for none
 * @param rebasesTables whether the connector returns by itself with a table that was restored
 * @param claimsLocation whether the world has connectors, which claim the location, beside tasks
 * @param disturbances what happens
 */
record Misbehaviour(
    int poisonEvery,
    boolean rebasesTables,
    boolean claimsLocation,
    List<Disturbance> disturbances) {

  private static final Misbehaviour NONE = new Misbehaviour(0, false, false, List.of());

  /** Kinds after which tasks may fail for good, with a code. */
  private static final List<Disturbance.Kind> FATAL =
      List.of(
          Disturbance.Kind.LOSE_VERSION,
          Disturbance.Kind.LOSE_VERSION,
          Disturbance.Kind.RESTORE_LOCATION,
          Disturbance.Kind.DAMAGE_ENTRY);

  /**
   * The misbehaviour in the world of a seed.
   *
   * @param recreated whether a topic is created again there, which is enough
   * @param windowed whether there are windows
   */
  static Misbehaviour of(long seed, boolean recreated, boolean windowed) {
    Dice dice = new Dice(seed * 43 + 11);
    if (recreated) {
      return NONE;
    }
    List<Disturbance> disturbances = new ArrayList<>();
    add(dice, disturbances, 0.25, 3, Disturbance.Kind.CHANGE_COLUMNS);
    add(dice, disturbances, 0.25, 3, Disturbance.Kind.LOSE_FILES);
    add(dice, disturbances, 0.2, 2, Disturbance.Kind.DROP_TRANSACTIONS);
    int poisonEvery = dice.chance(0.3) ? dice.between(3, 9) : 0;
    if (poisonEvery > 0) {
      add(dice, disturbances, 0.5, 2, Disturbance.Kind.LOSE_LETTERS);
    }
    boolean rebases = dice.chance(0.6);
    if (dice.chance(0.15)) {
      Disturbance.Kind kind = dice.pick(FATAL);
      // The oracle cannot compute windows whose batches are undone.
      if (kind != Disturbance.Kind.LOSE_VERSION || !windowed) {
        add(dice, disturbances, 1, 1, kind);
      }
    }
    // A restored location has its old owner, so an operator must correct it.
    boolean fatal = disturbances.stream().map(Disturbance::kind).anyMatch(FATAL::contains);
    boolean claimed = !fatal && dice.chance(0.15);
    if (claimed) {
      add(dice, disturbances, 0.7, 2, Disturbance.Kind.RENAME_CONNECTOR);
      add(dice, disturbances, 0.5, 2, Disturbance.Kind.DOUBLE_CONNECTOR);
      add(dice, disturbances, 0.5, 2, Disturbance.Kind.OTHER_DISK);
    } else if (!fatal) {
      add(dice, disturbances, 0.04, 1, Disturbance.Kind.SECOND_NAME);
    }
    return new Misbehaviour(poisonEvery, rebases, claimed, List.copyOf(disturbances));
  }

  private static void add(
      Dice dice, List<Disturbance> to, double chance, int most, Disturbance.Kind kind) {
    if (dice.chance(chance)) {
      int count = dice.between(1, most);
      for (int i = 0; i < count; i++) {
        to.add(
            new Disturbance(kind, dice.between(2_000, Scenario.STORM_MS), dice.between(1, 15_000)));
      }
    }
  }

  /** Whether the record cannot become a row. */
  boolean isPoison(TopicPartition partition, long offset) {
    return poisonEvery > 0 && (offset + partition.partition()) % poisonEvery == 0;
  }
}
