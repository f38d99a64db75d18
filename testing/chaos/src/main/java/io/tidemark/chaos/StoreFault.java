package io.tidemark.chaos;

import io.tidemark.stores.ErrorAnswer;
import io.tidemark.stores.FaultRule;
import io.tidemark.stores.RequestKind;
import io.tidemark.stores.RequestProxy;
import java.time.Duration;
import java.util.List;

/** What can go wrong with requests to the object store. */
enum StoreFault {
  /** The object is there, and its writer does not know. */
  LOST_ANSWER("answers of PUTs lost") {
    @Override
    FaultRule arm(RequestProxy proxy, Dice dice) {
      return some(dice, proxy.on(RequestKind.PUT, "")).swallowAnswer();
    }
  },
  SLOW_DOWN("times 503 SlowDown") {
    @Override
    FaultRule arm(RequestProxy proxy, Dice dice) {
      return some(dice, proxy.on(dice.pick(ANY), "")).answer(ErrorAnswer.SLOW_DOWN);
    }
  },
  /** Another writer of the same object was in the way; the outcome is unknown. */
  CONFLICT("times 409") {
    @Override
    FaultRule arm(RequestProxy proxy, Dice dice) {
      return some(dice, proxy.on(RequestKind.PUT, dice.pick(CONDITIONAL)))
          .answer(ErrorAnswer.CONDITIONAL_REQUEST_CONFLICT);
    }
  },
  INTERNAL_ERROR("times 500") {
    @Override
    FaultRule arm(RequestProxy proxy, Dice dice) {
      return some(dice, proxy.on(dice.pick(ANY), "")).answer(ErrorAnswer.INTERNAL_ERROR);
    }
  },
  SLOW("slow answers") {
    @Override
    FaultRule arm(RequestProxy proxy, Dice dice) {
      Duration delay = Duration.ofMillis(dice.between(100, LONGEST_DELAY_MS));
      return some(dice, proxy.on(dice.pick(ANY), "")).delayAnswer(delay);
    }
  };

  private static final List<RequestKind> ANY =
      List.of(
          RequestKind.PUT,
          RequestKind.GET,
          RequestKind.HEAD,
          RequestKind.LIST,
          RequestKind.DELETE,
          RequestKind.POST);
  // Parts of the paths of objects that are created only when they are absent.
  private static final List<String> CONDITIONAL = List.of("-checkpoint/", ".json");
  private static final int MOST_SPARED = 5;
  private static final int MOST_HIT = 4;
  private static final int LONGEST_DELAY_MS = 3_000;

  private final String count;

  StoreFault(String count) {
    this.count = count;
  }

  /** How a count of it reads. */
  String count() {
    return count;
  }

  /** Lets it hit a few of the next requests. */
  abstract FaultRule arm(RequestProxy proxy, Dice dice);

  private static FaultRule some(Dice dice, FaultRule rule) {
    return rule.nth(dice.between(1, MOST_SPARED + 1)).times(dice.between(1, MOST_HIT));
  }
}
