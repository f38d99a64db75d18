package io.tidemark.windows.close;

import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.Definition;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.fold.SessionWindowFold;
import io.tidemark.windows.fold.Slices;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.RunStore;
import java.util.SortedMap;
import java.util.function.Predicate;

/** An aggregation and the store of its runs. It has no state of its own. */
public final class Operator {

  private final Aggregation aggregation;
  private final SortedMap<String, String> definition;
  private final RunStore runs;
  private final Predicate<String> topics;

  /** An operator for all topics. */
  public Operator(Aggregation aggregation, RunStore runs) {
    this(aggregation, runs, any -> true);
  }

  /**
   * @param topics which topics the connector reads: a topic that it no longer reads must not hold
   *     back the watermark
   */
  public Operator(Aggregation aggregation, RunStore runs, Predicate<String> topics) {
    this.aggregation = aggregation;
    this.topics = topics;
    this.definition = Definition.of(aggregation);
    this.runs = runs;
  }

  public String name() {
    return aggregation.name();
  }

  public Aggregation aggregation() {
    return aggregation;
  }

  /** The parts of its configuration that its state depends on. */
  public SortedMap<String, String> definition() {
    return definition;
  }

  /** Its runs. */
  public RunStore runs() {
    return runs;
  }

  /** Whether the connector reads a topic. */
  boolean reads(String topic) {
    return topics.test(topic);
  }

  public boolean isSession() {
    return aggregation.window().kind() == WindowSpec.Kind.SESSION;
  }

  /** Whether it drops duplicates: its runs have keys, and it has neither windows nor rows. */
  public boolean isDistinct() {
    return aggregation.window().kind() == WindowSpec.Kind.DISTINCT;
  }

  /** A layout of accumulators for one thread. */
  public Accumulators layout() {
    return new Accumulators(aggregation.aggregates().stream().map(Aggregate::function).toList());
  }

  /** An empty fold. */
  public Fold fold() {
    return isSession()
        ? new SessionWindowFold(aggregation.window().sizeMicros(), layout())
        : new WindowFold(slices(), layout());
  }

  /** Its slices; only for tumbling and hopping windows. */
  public Slices slices() {
    return new Slices(aggregation.window());
  }

  /**
   * The time from which a record with this event time is late: the end of its last window; only for
   * tumbling and hopping windows.
   */
  public long lastEnd(long eventMicros) {
    return slices().lastEnd(slices().sliceOf(eventMicros));
  }
}
