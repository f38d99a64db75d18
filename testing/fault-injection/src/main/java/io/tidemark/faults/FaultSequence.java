package io.tidemark.faults;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The faults of one thread, determined by the seed and the calls alone. A few faults may come in a
 * row, so that the call that checks the outcome of a failure fails as well. A calm follows, in
 * which most steps of the sink succeed.
 */
final class FaultSequence {

  /** About as many calls as one batch takes. */
  static final int CALM_CALLS = 50;

  static final int LONGEST_ROW = 3;
  private static final double AGAIN = 0.3;

  private final Random random;
  private final double rate;
  private int row;
  private int calm;

  /**
   * @param rate of the calls that fail outside of a calm, of those with weight 1
   */
  FaultSequence(long seed, double rate) {
    this.random = new Random(seed);
    this.rate = rate;
  }

  /** What happens to the next call. */
  Optional<FaultKind> next(Operation operation) {
    if (calm > 0) {
      calm--;
      return Optional.empty();
    }
    double chance = row == 0 ? rate * operation.weight() : AGAIN;
    if (row == LONGEST_ROW || random.nextDouble() >= chance) {
      calm = row == 0 ? 0 : CALM_CALLS;
      row = 0;
      return Optional.empty();
    }
    List<FaultKind> kinds = operation.kinds();
    FaultKind kind = kinds.get(random.nextInt(kinds.size()));
    if (kind != FaultKind.DELAY) {
      row++;
    }
    return Optional.of(kind);
  }

  /** A number from 1 to {@code most}. */
  int upTo(int most) {
    return 1 + random.nextInt(most);
  }
}
