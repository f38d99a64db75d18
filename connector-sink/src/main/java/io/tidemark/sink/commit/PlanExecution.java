package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Table;
import io.tidemark.sink.batch.TableErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Commits one plan to its tables, in the order of their locations, or finds it void. */
final class PlanExecution {

  /** Task number for which no files are known to exist. */
  private static final int NOBODY = -1;

  /** The outcome. */
  enum Outcome {
    /** The tables have the batch. */
    DONE,
    /** The plan is void. */
    VOID,
    /** Other drivers have finished the batch. */
    OVERTAKEN
  }

  private final Batch plan;
  private final Batch before;
  private final List<Segment> accepted;
  private final Terms terms;
  private final QueryTables tables;
  private final FileCheck check;
  private final TableAppends appends;
  private final StandIns standIns;
  private final SortedMap<String, String> settings;
  private final SortedMap<String, List<DataFile>> files = new TreeMap<>();
  private UnfitSegments unfit = new UnfitSegments();

  /**
   * Whether the first table already had the plan, committed by a driver that may have checked the
   * files long ago.
   */
  private boolean begun;

  /**
   * @param accepted the segments of the plan
   * @param settings of the stand-in's offset log entry
   */
  PlanExecution(
      Batch plan,
      Batch before,
      List<Segment> accepted,
      Terms terms,
      QueryTables tables,
      FileCheck check,
      TableAppends appends,
      StandIns standIns,
      SortedMap<String, String> settings) {
    this.plan = plan;
    this.before = before;
    this.accepted = accepted;
    this.terms = terms;
    this.tables = tables;
    this.check = check;
    this.appends = appends;
    this.standIns = standIns;
    this.settings = settings;
    Set<DataFile> replaced = Set.copyOf(plan.replaced());
    accepted.stream()
        .flatMap(segment -> segment.files().stream())
        .filter(file -> !replaced.contains(file))
        .forEach(this::add);
    plan.results().forEach(this::add);
  }

  private void add(DataFile file) {
    files.computeIfAbsent(file.table(), absent -> new ArrayList<>()).add(file);
  }

  /** Whether there is no file for any table. */
  boolean writesNothing() {
    return files.isEmpty();
  }

  /** Appends to one table after the other. */
  Outcome run() throws IOException {
    Optional<Outcome> found = look();
    if (found.isPresent()) {
      return found.get();
    }
    SortedMap<TopicPartition, OffsetRange> offsets = offsets();
    String done = null;
    appends.begin();
    for (Map.Entry<String, List<DataFile>> entry : files.entrySet()) {
      Table table = tables.require(plan, entry.getKey());
      if (begun && done != null) {
        requireFiles(done, table, entry.getValue());
      }
      TableStep step =
          appends.append(plan, before, table, entry.getValue(), offsets, terms.fresh());
      switch (step) {
        case DONE -> done = entry.getKey();
        case VOID -> {
          return Outcome.VOID;
        }
        case OVERTAKEN -> {
          return Outcome.OVERTAKEN;
        }
        case UNFIT, LACKING -> {
          if (done != null) {
            String why =
                step == TableStep.LACKING
                    ? lacking().getMessage()
                    : problem().orElse("The columns of the table were changed.");
            throw halfCommitted(done, table, why, entry.getValue());
          }
          Outcome outcome = voids(step);
          if (outcome != Outcome.DONE) {
            return outcome;
          }
          done = entry.getKey();
        }
      }
    }
    appends.report(plan, files.values());
    return Outcome.DONE;
  }

  /**
   * Checks files and tables before the first table gets its part. A plan that is not new may name
   * files that were deleted. And if there are several tables, no table may refuse its part after
   * another one has got its own.
   */
  private Optional<Outcome> look() throws IOException {
    Table first = tables.require(plan, files.firstKey());
    if (terms.fresh() && files.size() == 1) {
      return Optional.empty();
    }
    for (String location : files.keySet()) {
      QueryTables.Standing standing = tables.standing(tables.require(plan, location), before, plan);
      if (location.equals(first.location()) && standing.last().orElse(-1) >= plan.number()) {
        // Another driver has begun to carry out the batch, or to void it.
        begun = true;
        return Optional.empty();
      }
      if (standing.relation() == QueryTables.Relation.LACKING) {
        return settled(voids(TableStep.LACKING));
      }
    }
    Optional<String> problem = problem();
    return problem.isEmpty() ? Optional.empty() : settled(voids(TableStep.UNFIT));
  }

  /** Continues with the tables if another driver has carried out the plan meanwhile. */
  private static Optional<Outcome> settled(Outcome outcome) {
    return outcome == Outcome.DONE ? Optional.empty() : Optional.of(outcome);
  }

  private Optional<String> problem() throws IOException {
    unfit = check.unfit(plan, accepted, NOBODY, terms.nowMs());
    // A session ends with a segment that is left out, and nothing of it is in a batch yet.
    Set<SessionId> ended = unfit.ids().stream().map(SegmentId::session).collect(Collectors.toSet());
    for (Segment segment : accepted) {
      if (ended.contains(segment.id().session()) && !unfit.ids().contains(segment.id())) {
        unfit.add(segment, "Another segment of its session cannot be committed.");
      }
    }
    return unfit.isEmpty()
        ? check.problem(plan, plan.results())
        : unfit.ids().stream().findFirst().map(unfit::why);
  }

  /** Voids the plan, unless another driver has just carried it out. */
  private Outcome voids(TableStep why) throws IOException {
    String witness = files.firstKey();
    if (why == TableStep.LACKING && !terms.leavesHoles()) {
      throw lacking();
    }
    Optional<String> problem = problem();
    if (standIns.isCommitted(plan)) {
      return Outcome.OVERTAKEN;
    }
    if (standIns.isOfSpark(plan)) {
      throw why == TableStep.LACKING
          ? lacking()
          : CommitErrors.unfitForSpark(
              plan.number(),
              unfit.ids().stream().map(Object::toString).findFirst().orElse("of windows"),
              problem.orElse("The table was changed."));
    }
    terms.rereading().require(unfit);
    return switch (appends.voids(plan, before, tables.require(plan, witness))) {
      case VOID -> Outcome.VOID;
      case OVERTAKEN -> Outcome.OVERTAKEN;
      default -> Outcome.DONE;
    };
  }

  /**
   * @throws IOException when no table lacks anything any more
   */
  private RuntimeException lacking() throws IOException {
    for (String location : files.keySet()) {
      QueryTables.Standing standing = tables.standing(tables.require(plan, location), before, plan);
      if (standing.relation() == QueryTables.Relation.LACKING) {
        return TableErrors.restored(
            location,
            standing.last(),
            standing.expected().getAsLong(),
            before.number(),
            terms.checkpoint());
      }
    }
    throw new IOException(
        "A table of batch " + plan.number() + " lacked an earlier batch, and has it again now");
  }

  /** Files that a table already has may be deleted, because they may have been compacted. */
  private void requireFiles(String done, Table table, List<DataFile> left) throws IOException {
    if (tables.standing(table, before, plan).last().orElse(-1) < plan.number()) {
      Optional<String> problem = check.problem(plan, left);
      if (problem.isPresent()) {
        throw halfCommitted(done, table, problem.get(), left);
      }
    }
  }

  private RuntimeException halfCommitted(
      String done, Table table, String why, List<DataFile> left) {
    return CommitErrors.halfCommitted(
        plan.number(), done, table.location(), why, left.stream().map(DataFile::path).toList());
  }

  /** The stand-in for the plan, which is void according to a table. */
  Batch standIn() throws IOException {
    if (unfit.isEmpty()) {
      problem();
    }
    return standIns.finish(plan, before, unfit, files.firstKey(), settings);
  }

  private SortedMap<TopicPartition, OffsetRange> offsets() {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    for (Segment segment : accepted) {
      segment
          .ranges()
          .forEach(
              (partition, range) ->
                  ranges.merge(
                      partition, range, (first, next) -> new OffsetRange(first.from(), next.to())));
    }
    return ranges;
  }
}
