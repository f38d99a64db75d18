package io.tidemark.checkpoint.log;

import io.tidemark.common.DataFile;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The plan of one batch. The driver that creates its file decides it once; it never changes.
 *
 * @param number batch number, the {@code txn.version} in every table
 * @param writer random hex of the driver that decided it; distinguishes its writes from those of
 *     others
 * @param timestampMs when it was decided, epoch milliseconds
 * @param segments what it decides about segments
 * @param frontier end offsets after this batch, of all topic-partitions ever named
 * @param written the tables ever written to
 * @param sessions the sessions about which something is left to decide
 * @param windows what it does to windows
 * @param continuity how the frontier continues that of the previous batch
 */
public record Batch(
    long number,
    String writer,
    long timestampMs,
    DecidedSegments segments,
    Frontier frontier,
    WrittenTables written,
    SortedMap<SessionId, SessionState> sessions,
    WindowStates windows,
    Continuity continuity) {

  /** In place of a driver's name. */
  private static final String SPARK = "spark";

  /** In place of a driver's name, for what stands in for a void plan. */
  private static final String STAND_IN = "stand-in";

  /** Stands before the first batch. */
  public static final Batch NONE =
      new Batch(-1, "", 0, DecidedSegments.NONE, Frontier.NONE, new TreeMap<>(), new TreeMap<>());

  public Batch {
    sessions = Collections.unmodifiableSortedMap(new TreeMap<>(sessions));
  }

  /** A batch without operators. The last batch of each table is unknown. */
  public Batch(
      long number,
      String writer,
      long timestampMs,
      DecidedSegments segments,
      Frontier frontier,
      SortedMap<String, String> tables,
      SortedMap<SessionId, SessionState> sessions) {
    this(
        number,
        writer,
        timestampMs,
        segments,
        frontier,
        new WrittenTables(tables, new TreeMap<>()),
        sessions,
        WindowStates.NONE,
        Continuity.NONE);
  }

  /** This batch with windows closed. */
  public Batch closing(
      SortedMap<String, OperatorState> newOperators,
      SortedMap<String, String> newTables,
      List<DataFile> newResults) {
    return closing(
        new WindowStates(newOperators, newResults), new WrittenTables(newTables, writes()));
  }

  /**
   * This batch with windows closed and duplicates dropped.
   *
   * @param newWritten the tables that it writes to, but those of the new results
   */
  public Batch closing(WindowStates newWindows, WrittenTables newWritten) {
    SortedMap<String, Long> newWrites = new TreeMap<>(newWritten.batches());
    newWindows.results().forEach(file -> newWrites.put(file.table(), number));
    return new Batch(
        number,
        writer,
        timestampMs,
        segments,
        frontier,
        new WrittenTables(newWritten.ids(), newWrites),
        sessions,
        newWindows,
        continuity);
  }

  /**
   * This batch with the frontier reset. From now on tables must have only what this batch writes,
   * not what earlier batches wrote: the reset may be the answer to a table that lost those batches.
   *
   * @param origin what is known of the cluster and the topics after the resets
   * @param newOperators their states after the resets
   */
  public Batch reset(
      OffsetResets resets, Origin origin, SortedMap<String, OperatorState> newOperators) {
    SortedMap<String, Long> own = new TreeMap<>(writes());
    own.values().removeIf(batch -> batch != number);
    return new Batch(
        number,
        writer,
        timestampMs,
        segments,
        resets.applied(frontier),
        new WrittenTables(tables(), own),
        sessions,
        new WindowStates(newOperators, results(), replaced()),
        new Continuity(origin, continuity.lost(), resets, number, continuity.pastResets()));
  }

  /**
   * The stand-in for the plan of the next batch, which cannot be carried out. The stand-in accepts
   * no segment and closes no window; the batch after it accepts what is still usable. See {@link
   * CheckpointLocation#voids}.
   *
   * @param plan the void plan
   * @param rejected the segments that make the plan void; no later segment of their sessions is
   *     accepted
   * @param pinned the frontier of this batch, and the start offsets of partitions that those
   *     segments began
   * @param witness location of the table with a version that declares the plan void
   */
  public Batch replacing(
      Batch plan, Collection<SegmentId> rejected, Frontier pinned, String witness) {
    SortedMap<SessionId, SessionState> states = new TreeMap<>(sessions);
    for (SegmentId id : rejected) {
      states.put(
          id.session(), states.getOrDefault(id.session(), SessionState.NEW).fenced(plan.number()));
    }
    SortedMap<String, Long> newWrites = new TreeMap<>(writes());
    newWrites.put(witness, plan.number());
    SortedMap<String, String> newTables = new TreeMap<>(tables());
    newTables.put(witness, plan.tables().get(witness));
    SortedMap<String, OperatorState> untouched = new TreeMap<>(operators());
    untouched.replaceAll((name, state) -> state.untouched());
    return new Batch(
        plan.number(),
        STAND_IN,
        plan.timestampMs(),
        new DecidedSegments(
            List.of(), List.copyOf(new TreeSet<>(rejected)), plan.settled(), plan.discarded()),
        pinned,
        new WrittenTables(newTables, newWrites),
        states,
        new WindowStates(untouched, List.of()),
        withoutResets());
  }

  /**
   * A later batch that Spark has committed. All decisions of this batch remain valid. The tables
   * that Spark wrote to are unknown.
   */
  Batch followedBySpark(long newNumber, long newTimestampMs, Frontier newFrontier) {
    return new Batch(
        newNumber,
        SPARK,
        newTimestampMs,
        segments.followed(),
        newFrontier,
        new WrittenTables(tables(), new TreeMap<>()),
        sessions,
        new WindowStates(operators(), List.of()),
        withoutResets());
  }

  /** The continuity of a batch after this one that neither loses nor resets offsets. */
  private Continuity withoutResets() {
    return new Continuity(
        continuity.origin(),
        new TreeMap<>(Offsets.ORDER),
        OffsetResets.NONE,
        continuity.resetBy(),
        lastResets());
  }

  /** Segments of this batch, in chain order. */
  public List<SegmentId> accepted() {
    return segments.accepted();
  }

  /** Segments that overlap the frontier. */
  public List<SegmentId> rejected() {
    return segments.rejected();
  }

  /** Segments of earlier batches, whose entries are to be deleted without their files. */
  public List<SegmentId> settled() {
    return segments.settled();
  }

  /** Rejected segments of earlier batches, to be deleted with their files. */
  public List<SegmentId> discarded() {
    return segments.discarded();
  }

  /** Location to table id of every table ever written. */
  public SortedMap<String, String> tables() {
    return written.ids();
  }

  /** Location of every table ever written to the last batch with data files for it. */
  public SortedMap<String, Long> writes() {
    return written.batches();
  }

  /** State of each operator after this batch, by name. */
  public SortedMap<String, OperatorState> operators() {
    return windows.operators();
  }

  /** Data files of the windows that this batch closes, and those in place of replaced ones. */
  public List<DataFile> results() {
    return windows.results();
  }

  /** Data files of its segments that this batch does not commit. */
  public List<DataFile> replaced() {
    return windows.replaced();
  }

  /** The last reset of each topic-partition, by this batch or an earlier one. */
  public PastResets lastResets() {
    return continuity.pastResets().then(number, continuity.resets());
  }

  /** True for a batch that a Spark query has committed. */
  public boolean isOfSpark() {
    return writer.equals(SPARK);
  }

  /** True for what stands in for a plan that could not be carried out. */
  public boolean isStandIn() {
    return writer.equals(STAND_IN);
  }

  /**
   * The lowest watermark of operators that have one, epoch milliseconds; 0 for none, as in Spark.
   */
  public long watermarkMs() {
    return operators().values().stream()
        .flatMapToLong(state -> state.watermarkMs().stream())
        .min()
        .orElse(0);
  }

  /** What is decided about a session, {@link SessionState#NEW} before the first time. */
  public SessionState session(SessionId id) {
    return sessions.getOrDefault(id, SessionState.NEW);
  }

  /** Every segment about which nothing is left to decide once this batch is committed. */
  public Set<SegmentId> decided() {
    Set<SegmentId> decided = new HashSet<>(settled());
    decided.addAll(accepted());
    decided.addAll(rejected());
    decided.addAll(discarded());
    return decided;
  }
}
