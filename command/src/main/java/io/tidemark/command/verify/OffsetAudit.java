package io.tidemark.command.verify;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.command.verify.Finding.Kind;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.sink.audit.NamedRanges;
import io.tidemark.sink.audit.NamedResets;
import io.tidemark.sink.audit.RangeJoin;
import io.tidemark.sink.audit.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the batches of a query through the logs of all its tables. A version names the ranges of
 * its whole batch, whichever table it is in, and a batch without rows for a table makes no version
 * there: so the ranges of a batch are known when any table has it. If no table has it, they come
 * from its plan, if that is retained.
 */
public final class OffsetAudit {

  private final List<TableTrail> trails;
  private final SortedMap<Long, Batch> plans;
  private final long newestCommitted;
  private final long newestKnown;
  private final List<Finding> findings = new ArrayList<>();
  private final TreeMap<Long, SortedMap<TopicPartition, OffsetRange>> ranges = new TreeMap<>();
  private final SortedMap<TopicPartition, Long> ends = new TreeMap<>(Offsets.ORDER);

  private final SortedMap<TopicPartition, Passes> passes = new TreeMap<>(Offsets.ORDER);

  /** By batch, the earlier resets that its versions name. */
  private final Map<Long, PastResets> resets = new HashMap<>();

  /**
   * @param plans that are retained, by batch
   * @param newestCommitted newest batch with a commit log entry, -1 for none
   * @param newestKnown newest batch of the location after the logs were opened: the connector may
   *     be at work
   */
  public OffsetAudit(
      List<TableTrail> trails,
      SortedMap<Long, Batch> plans,
      long newestCommitted,
      long newestKnown) {
    this.trails = List.copyOf(trails);
    this.plans = plans;
    this.newestCommitted = newestCommitted;
    this.newestKnown = newestKnown;
  }

  /** All findings. */
  public List<Finding> run() throws IOException {
    oneNameEach();
    for (TableTrail trail : trails) {
      follow(trail);
    }
    joints();
    resets.values().forEach(this::noteResets);
    plans.values().forEach(plan -> noteResets(plan.lastResets()));
    missing();
    return findings;
  }

  /** Where each partition ends according to the tables. */
  public SortedMap<TopicPartition, Long> ends() {
    return ends;
  }

  /** How often batches have passed the offsets of each partition, according to the tables. */
  SortedMap<TopicPartition, Passes> passes() {
    return passes;
  }

  /** Whether the tables name all batches from the first one on. */
  boolean isWhole() {
    return !ranges.isEmpty()
        && ranges.firstKey() == 0
        && trails.stream().allMatch(trail -> trail.earliest() == 0);
  }

  /** How many batches the tables name. */
  public int batches() {
    return ranges.size();
  }

  /**
   * A batch is one version of a table: with two names for one table, half of its files would be
   * missing.
   */
  private void oneNameEach() {
    if (plans.isEmpty()) {
      return;
    }
    Map<String, String> names = new HashMap<>();
    plans
        .get(plans.lastKey())
        .tables()
        .forEach(
            (location, id) -> {
              String other = names.putIfAbsent(id, location);
              if (other != null) {
                say(Kind.DOUBLED, location, "it is the same table as " + other);
              }
            });
  }

  private void follow(TableTrail trail) {
    if (trail.earliest() > 0) {
      say(
          Kind.NOTE,
          trail.location(),
          "versions before " + trail.earliest() + " are no longer in the log and are not checked");
    }
    long before = -1;
    for (CommittedBatch version : trail.batches()) {
      if (version.batch() <= before) {
        say(
            Kind.DOUBLED,
            trail.location(),
            "version "
                + version.version()
                + " is batch "
                + version.batch()
                + ", after batch "
                + before);
      }
      before = Math.max(before, version.batch());
      resets.merge(version.batch(), NamedResets.parse(version.tags()), PastResets::overlaid);
      if (version.isVoid()) {
        say(
            Kind.NOTE,
            trail.location(),
            "version " + version.version() + " voids the plan of batch " + version.batch());
        continue;
      }
      Batch plan = plans.get(version.batch());
      if (plan != null
          && version.plan().isPresent()
          && !version.plan().get().equals(PlanMark.of(plan).text())) {
        say(
            Kind.DIFFERS,
            trail.location(),
            "version "
                + version.version()
                + " carries out plan "
                + version.plan().get()
                + ", but the checkpoint location has plan "
                + PlanMark.of(plan));
      }
      SortedMap<TopicPartition, OffsetRange> named = NamedRanges.parse(version.offsets());
      if (named.isEmpty()) {
        say(
            Kind.NOTE,
            trail.location(),
            "version " + version.version() + ", batch " + version.batch() + ", names no offsets");
        continue;
      }
      SortedMap<TopicPartition, OffsetRange> known = ranges.putIfAbsent(version.batch(), named);
      if (known != null && !known.equals(named)) {
        say(
            Kind.DIFFERS,
            trail.location(),
            "version "
                + version.version()
                + " names other offsets for batch "
                + version.batch()
                + " than another table");
      }
    }
    if (trail.lastBatch().isPresent() && trail.lastBatch().getAsLong() > newestKnown) {
      say(
          Kind.AHEAD,
          trail.location(),
          "the table has batch "
              + trail.lastBatch().getAsLong()
              + ", the checkpoint location ends"
              + " at batch "
              + newestKnown
              + ": it was restored from an older copy");
    }
  }

  private void joints() throws IOException {
    Map<TopicPartition, Long> named = new HashMap<>();
    for (Map.Entry<Long, SortedMap<TopicPartition, OffsetRange>> batch : ranges.entrySet()) {
      for (Map.Entry<TopicPartition, OffsetRange> range : batch.getValue().entrySet()) {
        TopicPartition partition = range.getKey();
        if (ends.containsKey(partition)) {
          judge(
              new RangeJoin(
                  partition,
                  named.get(partition),
                  ends.get(partition),
                  batch.getKey(),
                  range.getValue().from()));
        }
        ends.put(partition, range.getValue().to());
        passesOf(partition).add(range.getValue());
        named.put(partition, batch.getKey());
      }
    }
    Batch committed = plans.get(newestCommitted);
    if (committed != null) {
      for (Map.Entry<TopicPartition, Long> end : committed.frontier().ends().entrySet()) {
        if (named.getOrDefault(end.getKey(), Long.MAX_VALUE) <= newestCommitted) {
          judge(
              new RangeJoin(
                  end.getKey(),
                  named.get(end.getKey()),
                  ends.get(end.getKey()),
                  newestCommitted + 1,
                  end.getValue()));
        }
      }
    }
  }

  private Passes passesOf(TopicPartition partition) {
    return passes.computeIfAbsent(partition, absent -> new Passes());
  }

  private void noteResets(PastResets past) {
    past.ends().keySet().forEach(partition -> passesOf(partition).reset());
  }

  private void judge(RangeJoin joint) throws IOException {
    Verdict verdict =
        joint.judge(
            batch -> Optional.ofNullable(plans.get(batch)),
            resets.getOrDefault(joint.batch(), PastResets.NONE));
    Kind kind =
        switch (verdict.kind()) {
          case JOINS -> null;
          case EXPLAINED -> Kind.EXPLAINED;
          case UNPROVEN -> Kind.UNPROVEN;
          case GAP -> Kind.GAP;
          case OVERLAP -> Kind.OVERLAP;
        };
    if (kind != null) {
      String next =
          joint.batch() > newestCommitted
              ? "the checkpoint location continues at "
              : "batch " + joint.batch() + " begins at ";
      say(
          kind,
          joint.partition().toString(),
          "batch "
              + joint.before()
              + " ended at "
              + joint.end()
              + ", "
              + next
              + joint.from()
              + ": "
              + verdict.why());
    }
  }

  /** Batches that had files for a table according to their plans, but made no version of it. */
  private void missing() {
    for (TableTrail trail : trails) {
      Set<Long> there = new HashSet<>();
      trail.batches().forEach(version -> there.add(version.batch()));
      if (there.isEmpty()) {
        continue;
      }
      long first = trail.batches().get(0).batch();
      for (Batch plan : plans.tailMap(first).values()) {
        boolean writes = plan.writes().getOrDefault(trail.location(), -1L) == plan.number();
        if (writes && plan.number() <= newestCommitted && !there.contains(plan.number())) {
          say(Kind.MISSING, trail.location(), "no version has batch " + plan.number());
        }
      }
    }
  }

  private void say(Kind kind, String where, String what) {
    findings.add(new Finding(kind, where, what));
  }
}
