package io.tidemark.windows.close;

import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.Definition;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.fold.SessionFold;
import io.tidemark.windows.fold.Slices;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.RunStore;
import java.util.SortedMap;
import java.util.function.Predicate;

/** An aggregation and where its runs are. Without state of its own. */
public final class Operator {

  private final Aggregation aggregation;
  private final SortedMap<String, String> definition;
  private final RunStore runs;
  private final Predicate<String> topics;

  /** An operator for whatever topics there are. */
  public Operator(Aggregation aggregation, RunStore runs) {
    this(aggregation, runs, any -> true);
  }

  /**
   * @param topics which topics the connector reads: one that it reads no more must not hold the
   *     watermark for ever
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

  /** What its state depends on. */
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

  /** A layout for one thread. */
  public Accumulators layout() {
    return new Accumulators(aggregation.aggregates().stream().map(Aggregate::function).toList());
  }

  /** An empty fold. */
  public Fold fold() {
    return isSession()
        ? new SessionFold(aggregation.window().sizeMicros(), layout())
        : new WindowFold(slices(), layout());
  }

  /** Its slices, unless it has sessions. */
  public Slices slices() {
    return new Slices(aggregation.window());
  }

  /** Time at which the record at this time is late: the end of the last window that holds it. */
  public long lastEnd(long eventMicros) {
    return isSession()
        ? eventMicros + aggregation.window().sizeMicros()
        : slices().lastEnd(slices().sliceOf(eventMicros));
  }
}
