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
import java.util.stream.Stream;

/**
 * The plan of one batch: decided once, by whoever creates its file, and never changed.
 *
 * @param number batch number, the {@code txn.version} in every table
 * @param writer random hex of the driver that decided it; tells an own write from another's
 * @param timestampMs when it was decided, epoch milliseconds
 * @param accepted segments of this batch, in chain order
 * @param rejected segments that overlap the frontier: their files belong to no table version
 * @param settled segments that earlier batches decided about and whose entries may still lie in
 *     {@code segments/}, to be deleted without their files
 * @param discarded rejected segments of earlier batches that may still lie there, with their files
 * @param frontier end offsets after this batch, of all topic-partitions ever named
 * @param tables location to table id of every table ever written
 * @param sessions the sessions that are not over and done with
 * @param operators state of each operator after this batch, by name
 * @param results data files of the windows that this batch closes
 * @param writes location of every table ever written to the last batch with data files for it
 * @param continuity how the frontier continues that of the batch before
 */
public record Batch(
    long number,
    String writer,
    long timestampMs,
    List<SegmentId> accepted,
    List<SegmentId> rejected,
    List<SegmentId> settled,
    List<SegmentId> discarded,
    Frontier frontier,
    SortedMap<String, String> tables,
    SortedMap<SessionId, SessionState> sessions,
    SortedMap<String, OperatorState> operators,
    List<DataFile> results,
    SortedMap<String, Long> writes,
    Continuity continuity) {

  /** In place of a driver's name. */
  private static final String SPARK = "spark";

  /** In place of a driver's name, for what stands in for a void plan. */
  private static final String STAND_IN = "stand-in";

  /** Stands before the first batch. */
  public static final Batch NONE =
      new Batch(
          -1,
          "",
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Frontier.NONE,
          new TreeMap<>(),
          new TreeMap<>());

  public Batch {
    accepted = List.copyOf(accepted);
    rejected = List.copyOf(rejected);
    settled = List.copyOf(settled);
    discarded = List.copyOf(discarded);
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    sessions = Collections.unmodifiableSortedMap(new TreeMap<>(sessions));
    operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
    results = List.copyOf(results);
    writes = Collections.unmodifiableSortedMap(new TreeMap<>(writes));
  }

  /** A batch without operators. */
  public Batch(
      long number,
      String writer,
      long timestampMs,
      List<SegmentId> accepted,
      List<SegmentId> rejected,
      List<SegmentId> settled,
      List<SegmentId> discarded,
      Frontier frontier,
      SortedMap<String, String> tables,
      SortedMap<SessionId, SessionState> sessions) {
    this(
        number,
        writer,
        timestampMs,
        accepted,
        rejected,
        settled,
        discarded,
        frontier,
        tables,
        sessions,
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(),
        Continuity.NONE);
  }

  /** This batch with windows closed. */
  public Batch closing(
      SortedMap<String, OperatorState> newOperators,
      SortedMap<String, String> newTables,
      List<DataFile> newResults) {
    SortedMap<String, Long> newWrites = new TreeMap<>(writes);
    newResults.forEach(file -> newWrites.put(file.table(), number));
    return new Batch(
        number,
        writer,
        timestampMs,
        accepted,
        rejected,
        settled,
        discarded,
        frontier,
        newTables,
        sessions,
        newOperators,
        newResults,
        newWrites,
        continuity);
  }

  /**
   * This batch with the frontier moved. What earlier ones wrote is asked for no more: whoever moves
   * the frontier may know that a table lacks it. What this one writes is.
   *
   * @param origin what is known of the cluster and the topics after the moves
   * @param newOperators their states after the moves
   */
  public Batch moved(Moves moves, Origin origin, SortedMap<String, OperatorState> newOperators) {
    SortedMap<String, Long> own = new TreeMap<>(writes);
    own.values().removeIf(batch -> batch != number);
    return new Batch(
        number,
        writer,
        timestampMs,
        accepted,
        rejected,
        settled,
        discarded,
        moves.applied(frontier),
        tables,
        sessions,
        newOperators,
        results,
        own,
        new Continuity(origin, continuity.lost(), moves, number, continuity.moved()));
  }

  /**
   * What stands in for the plan of the batch after this one, which cannot be carried out: it takes
   * no segment and closes no window, so that the batch after it takes what can be taken. See {@link
   * CheckpointLocation#voids}.
   *
   * @param plan that is void
   * @param rejected the segments that are why; nothing more of their sessions is accepted
   * @param pinned the frontier of this batch, with where those segments began partitions
   * @param witness location of the table whose version tells that the plan is void
   */
  public Batch replacing(
      Batch plan, Collection<SegmentId> rejected, Frontier pinned, String witness) {
    SortedMap<SessionId, SessionState> states = new TreeMap<>(sessions);
    for (SegmentId id : rejected) {
      states.put(
          id.session(), states.getOrDefault(id.session(), SessionState.NEW).fenced(plan.number()));
    }
    SortedMap<String, Long> newWrites = new TreeMap<>(writes);
    newWrites.put(witness, plan.number());
    SortedMap<String, String> newTables = new TreeMap<>(tables);
    newTables.put(witness, plan.tables().get(witness));
    SortedMap<String, OperatorState> untouched = new TreeMap<>(operators);
    untouched.replaceAll((name, state) -> state.untouched());
    return new Batch(
        plan.number(),
        STAND_IN,
        plan.timestampMs(),
        List.of(),
        List.copyOf(new TreeSet<>(rejected)),
        plan.settled(),
        plan.discarded(),
        pinned,
        newTables,
        states,
        untouched,
        List.of(),
        newWrites,
        new Continuity(
            continuity.origin(),
            new TreeMap<>(Offsets.ORDER),
            Moves.NONE,
            continuity.movedBy(),
            lastMoves()));
  }

  /**
   * A later batch that Spark has committed: whatever this one decided stays decided. Which tables
   * Spark wrote to nobody knows.
   */
  Batch followedBySpark(long newNumber, long newTimestampMs, Frontier newFrontier) {
    return new Batch(
        newNumber,
        SPARK,
        newTimestampMs,
        List.of(),
        List.of(),
        Stream.concat(accepted.stream(), settled.stream()).toList(),
        Stream.concat(rejected.stream(), discarded.stream()).toList(),
        newFrontier,
        tables,
        sessions,
        operators,
        List.of(),
        new TreeMap<>(),
        new Continuity(
            continuity.origin(),
            new TreeMap<>(Offsets.ORDER),
            Moves.NONE,
            continuity.movedBy(),
            lastMoves()));
  }

  /** What moved each topic-partition last: this batch, or an earlier one. */
  public PastMoves lastMoves() {
    return continuity.moved().then(number, continuity.moves());
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
    return operators.values().stream()
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
    Set<SegmentId> decided = new HashSet<>(settled);
    decided.addAll(accepted);
    decided.addAll(rejected);
    decided.addAll(discarded);
    return decided;
  }
}
