package io.tidemark.faults;

import io.tidemark.faults.KillPoint.Moment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one kill point of this JVM. Called from within shipped code, hence public; the plugin's class
 * loader finds it on the system class path, where agents are.
 */
public final class KillSwitch {

  /** What {@code kill -9} leaves as exit code. */
  public static final int EXIT_CODE = 137;

  private static final AtomicInteger CALLS = new AtomicInteger();
  private static volatile KillPoint armed;

  private KillSwitch() {}

  /** What is printed when the JVM dies at this point, and then only. */
  public static String lastWords(KillPoint point) {
    return "Killed at " + point;
  }

  static void arm(KillPoint point) {
    armed = point;
  }

  /** A method that may be the armed step begins. */
  public static void before(Object receiver) {
    pass(receiver, Moment.BEFORE);
  }

  /** A method that may be the armed step has returned; one that threw has not. */
  public static void after(Object receiver) {
    pass(receiver, Moment.AFTER);
  }

  private static void pass(Object receiver, Moment moment) {
    KillPoint point = armed;
    if (point.moment() == moment
        && point.step().receiver().equals(receiver.getClass().getName())
        && CALLS.incrementAndGet() == point.nth()) {
      System.err.println(lastWords(point));
      // No shutdown hooks, no finally: as from outside.
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
