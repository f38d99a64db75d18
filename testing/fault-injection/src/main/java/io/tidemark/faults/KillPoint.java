package io.tidemark.faults;

import java.util.Locale;

/**
 * The point at which a worker dies. As an argument of the agent: {@code SEGMENT:after:2}.
 *
 * @param step of the protocol
 * @param moment before the step has any effect, or right after all of it
 * @param nth the call that is the last one, from 1; of {@link Moment#AFTER}, the success
 */
public record KillPoint(ProtocolStep step, Moment moment, int nth) {

  /** Which side of a step. */
  public enum Moment {
    BEFORE,
    AFTER
  }

  public KillPoint {
    if (nth < 1) {
      throw new IllegalArgumentException("calls count from 1, not from " + nth);
    }
  }

  /** Reads what {@link #toString} writes. */
  public static KillPoint parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("expected step:moment:nth, found " + text);
    }
    return new KillPoint(
        ProtocolStep.valueOf(parts[0]),
        Moment.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[2]));
  }

  @Override
  public String toString() {
    return step + ":" + moment.name().toLowerCase(Locale.ROOT) + ":" + nth;
  }
}
