package io.tidemark.simulation;

import static io.tidemark.simulation.Mutation.Source.BATCH;
import static io.tidemark.simulation.Mutation.Source.BATCH_COMMIT;
import static io.tidemark.simulation.Mutation.Source.BATCH_PLANNER;
import static io.tidemark.simulation.Mutation.Source.CHECKPOINT_LOCATION;
import static io.tidemark.simulation.Mutation.Source.CLEANUP;
import static io.tidemark.simulation.Mutation.Source.COMPACTION;
import static io.tidemark.simulation.Mutation.Source.COMPACTOR;
import static io.tidemark.simulation.Mutation.Source.DEAD_LETTERS;
import static io.tidemark.simulation.Mutation.Source.DECISIONS;
import static io.tidemark.simulation.Mutation.Source.DISTINCT_ROWS;
import static io.tidemark.simulation.Mutation.Source.DROPPED_ROWS;
import static io.tidemark.simulation.Mutation.Source.EXCLUSIVE_FILE;
import static io.tidemark.simulation.Mutation.Source.FILE_CHECK;
import static io.tidemark.simulation.Mutation.Source.KEY_FOLD;
import static io.tidemark.simulation.Mutation.Source.LIVE_KEYS;
import static io.tidemark.simulation.Mutation.Source.LOSS_WATCH;
import static io.tidemark.simulation.Mutation.Source.OPERATOR_STEP;
import static io.tidemark.simulation.Mutation.Source.OWNERSHIP;
import static io.tidemark.simulation.Mutation.Source.PARTITION_PROGRESS;
import static io.tidemark.simulation.Mutation.Source.PLAIN_RUN_STORE;
import static io.tidemark.simulation.Mutation.Source.PLAN_EXECUTION;
import static io.tidemark.simulation.Mutation.Source.QUERY_TABLES;
import static io.tidemark.simulation.Mutation.Source.RESUMER;
import static io.tidemark.simulation.Mutation.Source.RUN_READERS;
import static io.tidemark.simulation.Mutation.Source.SEGMENT_CHAIN;
import static io.tidemark.simulation.Mutation.Source.SESSION_CLOSING;
import static io.tidemark.simulation.Mutation.Source.SESSION_STATE;
import static io.tidemark.simulation.Mutation.Source.SESSION_TABLES;
import static io.tidemark.simulation.Mutation.Source.STAND_INS;
import static io.tidemark.simulation.Mutation.Source.SWEEP;
import static io.tidemark.simulation.Mutation.Source.TABLE_APPENDS;
import static io.tidemark.simulation.Mutation.Source.TASK_CHAIN;
import static io.tidemark.simulation.Mutation.Source.TASK_OPERATOR;
import static io.tidemark.simulation.Mutation.Source.TASK_RUNS;
import static io.tidemark.simulation.Mutation.Source.TASK_SESSION;
import static io.tidemark.simulation.Mutation.Source.TOPIC_IDS;
import static io.tidemark.simulation.Mutation.Source.WINDOW_CLOSER;
import static io.tidemark.simulation.Mutation.Source.WINDOW_CLOSING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A simulation that finds no bug proves nothing: each of these it must find. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class MutationTest {

  /** Within so many seeds. */
  private static final int SEEDS = 1_000;

  static Stream<Mutation> mutations() {
    return Stream.of(
        new Mutation(
            "an overlapping range is accepted",
            SEGMENT_CHAIN,
            "? end.getAsLong() != range.getValue().from()",
            "? end.getAsLong() < range.getValue().from()"),
        new Mutation(
            "a range after a gap is accepted",
            SEGMENT_CHAIN,
            "? end.getAsLong() != range.getValue().from()",
            "? end.getAsLong() > range.getValue().from()"),
        new Mutation(
            "where a waiting segment begins a partition is forgotten",
            SEGMENT_CHAIN,
            "pinned(last, Stream.concat(rest.stream(), rejected.stream()))",
            "pinned(last, rejected.stream())",
            8_500_005_578L),
        new Mutation(
            "a session that is over is never fenced",
            BATCH_PLANNER,
            "Set<SessionId> fenced = new HashSet<>(sight.over());",
            "Set<SessionId> fenced = new HashSet<>();"),
        new Mutation(
            "whoever tries to create a file thinks that it did",
            EXCLUSIVE_FILE,
            "if (storage.createIfAbsent(path, content)) {",
            "if (storage.createIfAbsent(path, content) || true) {"),
        new Mutation(
            "a create that timed out counts as somebody else's",
            EXCLUSIVE_FILE,
            "return Arrays.equals(found.get(), content);",
            "return found.get() == content;"),
        new Mutation(
            "a batch is committed without its transaction",
            TABLE_APPENDS,
            "            queryId,\n            plan.number(),\n            expected,",
            "queryId + Math.random(), plan.number(), OptionalLong.empty(),"),
        new Mutation(
            "the commit log is written though the table is not",
            PLAN_EXECUTION,
            "appends.append(plan, before, table, entry.getValue(), offsets, terms.fresh());",
            "plan.number() % 3 == 1 ? TableStep.DONE :"
                + " appends.append(plan, before, table, entry.getValue(), offsets, true);"),
        new Mutation(
            "a driver that lost the race continues with its own plan",
            DECISIONS,
            "if (!checkpoint.batches().create(plan.number(), plan)) {",
            "if (!checkpoint.batches().create(plan.number(), plan) && false) {"),
        new Mutation(
            "old batches are removed with the newest",
            CLEANUP,
            "      long last = committed.number() - retainedBatches;",
            "      long last = committed.number();"),
        new Mutation(
            "the clean-up takes files of the last accepted segment",
            SESSION_STATE,
            "return new SessionState(sequence, fencedBy);",
            "return new SessionState(sequence - 1, fencedBy);"),
        new Mutation(
            "tables are not registered",
            SESSION_TABLES,
            "      registry.writes(writing, table);",
            ""),
        new Mutation(
            "an offset beyond the frontier is returned",
            TASK_CHAIN,
            "Math.min(position, end.getAsLong())",
            "position"),
        new Mutation(
            "what was read since the last segment is skipped when partitions come back",
            PARTITION_PROGRESS,
            "      start = cuts.get(cuts.size() - 1);",
            "      start = cuts.get(cuts.size() - 1) + 1;"),
        new Mutation(
            "lost partitions are sealed as if they were given up",
            TASK_SESSION,
            "        phase = new Phase.Reading();\n        reader.read(delivery, nowMs);",
            "        phase = phase instanceof Phase.Settled ? phase : new Phase.Reading();\n"
                + "        reader.read(delivery, nowMs);",
            31),
        new Mutation("a new owner does not seek", RESUMER, "    port.seek(ends);", ""),
        new Mutation(
            "a segment is sealed at the positions before a seek",
            TASK_SESSION,
            "      if (isReading()) {",
            "      if (!isBroken()) {"),
        new Mutation(
            "records that could not be written are forgotten",
            TASK_SESSION,
            "      retries.failed(\"write data files\", e);\n      startOver(nowMs);",
            "      retries.failed(\"write data files\", e);\n      writer.abort();"),
        new Mutation(
            "a partition without history begins anywhere after a failure",
            RESUMER,
            "    origins.forEach((partition, offset) -> chain.of(partition).beginAt(offset));",
            "",
            2046),
        new Mutation(
            "what was deleted unread is passed over in silence",
            LOSS_WATCH,
            "List<OffsetRange> lost = progress.lost(earliest);",
            "List<OffsetRange> lost = List.of();",
            25),
        new Mutation(
            "a loss is known to the task alone", PARTITION_PROGRESS, "    lost.add(range);", ""),
        new Mutation(
            "a topic that was created again is taken for the old one",
            TOPIC_IDS,
            "        changed.add(name);",
            "",
            59),
        new Mutation(
            "state is restored one version too old",
            WINDOW_CLOSER,
            "OperatorState before = committed.operators().get(operator.name());",
            "OperatorState before = checkpoint.batches().read(committed.number() - 1)"
                + ".orElse(committed).operators().get(operator.name());"),
        new Mutation(
            "a run is dropped when its first window is closed",
            OPERATOR_STEP,
            "all.removeIf(live -> slices.lastEnd(live.run().maxMicros()) <= upto);",
            "all.removeIf(live -> slices.lastEnd(live.run().minMicros()) <= upto);"),
        new Mutation(
            "a run is merged twice",
            OPERATOR_STEP,
            "          brought.add(LiveRun.of(run, batch));",
            "          brought.add(LiveRun.of(run, batch)); sources.add(segment);"
                + " brought.add(LiveRun.of(run, batch));"),
        new Mutation(
            "a batch closes by its watermark what it has just received",
            OPERATOR_STEP,
            "OptionalLong after = micros(before.watermarkMs());\n    long upto",
            "OptionalLong after = OptionalLong.of(watermarkMs * 1000);\n    long upto"),
        new Mutation(
            "a task drops records by a watermark that is not durable",
            TASK_OPERATOR,
            "&& operator.lastEnd(micros) <= watermarkMs.getAsLong() * 1000) {",
            "&& operator.lastEnd(micros) <= (watermarkMs.getAsLong() + 1_000) * 1000) {"),
        new Mutation(
            "the watermark goes back",
            OPERATOR_STEP,
            "operator.aggregation().watermark(), before.watermarkMs(), progress);",
            "operator.aggregation().watermark(), OptionalLong.empty(), progress);"),
        new Mutation(
            "a window is closed without the slices of later runs",
            WINDOW_CLOSING,
            "      while (merging.nextValue()) {",
            "      if (merging.nextValue()) {"),
        new Mutation(
            "sessions that touch stay apart",
            SESSION_CLOSING,
            "|| from > end) {",
            "|| from >= end) {"),
        new Mutation(
            "an open session is lost when another one ends",
            SESSION_CLOSING,
            "      kept++;",
            "      kept += start % 2;"),
        new Mutation(
            "runs that batches name are swept",
            SWEEP,
            "if (!kept.contains(operator.name() + \"/\" + file)",
            "if (!kept.isEmpty()"),
        new Mutation(
            "the checksum of a run is not looked at",
            PLAIN_RUN_STORE,
            "if (bytes.length != run.bytes() || crc(bytes, bytes.length) != run.crc()) {",
            "if (false) {",
            216),
        new Mutation(
            "a missing run is taken for an empty one",
            PLAIN_RUN_STORE,
            ".orElseThrow(() -> new RunMissingException(describe(run.file())));",
            ".orElse(MAGIC);\n    if (bytes == MAGIC) { return"
                + " java.util.stream.IntStream.range(0, readers)"
                + ".mapToObj(i -> (RunReader) new Reader(bytes)).toList(); }",
            154),
        new Mutation(
            "a damaged run is taken for an empty one",
            RUN_READERS,
            "return openEach(store, live.builtFrom(), each);",
            "return new ArrayList<>();",
            147),
        new Mutation(
            "the sources of a damaged run are not read",
            RUN_READERS,
            "if (live.builtFrom().isEmpty()) {",
            "if (true) {",
            147),
        new Mutation(
            "the sources of a merged run are given up unseen",
            COMPACTION,
            "return RunReaders.isSound(operator.runs(), live.run())",
            "return true",
            74),
        new Mutation(
            "the sources of a merged run are swept",
            SWEEP,
            "live.builtFrom().forEach(",
            "java.util.List.<io.tidemark.checkpoint.log.Run>of().forEach(",
            242),
        new Mutation(
            "a merged run is live beside its sources",
            COMPACTOR,
            "if (!usable || !done.sources().contains(live.run())) {",
            "if (!usable || placed || !done.sources().contains(live.run())) {"),
        new Mutation(
            "a run that was not written is forgotten with its records",
            TASK_RUNS,
            "runs.add(content.write(writer));",
            "runs.clear(); runs.add(content.write(writer));"),
        new Mutation(
            "a hole in a table is passed over",
            DECISIONS,
            "Survey survey = commit.survey(proposal.committed(), plan, !surveyed, limits);",
            "Survey survey = new Survey.InOrder();",
            54),
        new Mutation(
            "one table may have two names",
            BATCH_COMMIT,
            "QueryTables.requireOneNameEach(plan);",
            "",
            54),
        new Mutation(
            "a table that lacks a batch is taken for whole",
            QUERY_TABLES,
            ": last.orElse(-1) < written ? Relation.LACKING : Relation.AHEAD,",
            ": last.orElse(-1) < written ? Relation.SAME : Relation.AHEAD,",
            267),
        new Mutation(
            "a transaction that was dropped is not looked for in the commits",
            QUERY_TABLES,
            "last = number(table.lastBatch(queryId), last);",
            ""),
        new Mutation(
            "files are not held against the columns of their table",
            FILE_CHECK,
            ".flatMap(table -> table.misfit(file.schema()))",
            ".flatMap(table -> Optional.<io.tidemark.common.TidemarkException>empty())"),
        new Mutation(
            "files are not looked for before a batch is decided",
            DECISIONS,
            "if (!unfit.isEmpty()) {",
            "if (false) {"),
        new Mutation(
            "a plan of another driver is carried out unseen",
            PLAN_EXECUTION,
            "if (terms.fresh() && files.size() == 1) {",
            "if (true) {",
            270),
        new Mutation(
            "the offset log keeps the ends of a void plan",
            STAND_INS,
            "    announce(standIn, settings);",
            "",
            138),
        new Mutation(
            "a version does not say that its plan is void",
            TABLE_APPENDS,
            "tags.put(CommittedBatch.VOID_TAG, \"true\");",
            "",
            138),
        new Mutation(
            "a stand-in keeps the ends of its plan",
            BATCH,
            "        pinned,\n",
            "        plan.frontier(),\n",
            144),
        new Mutation(
            "a stand-in keeps the state of its plan",
            BATCH,
            "new WindowStates(untouched, List.of())",
            "new WindowStates(plan.operators(), List.of())",
            187),
        new Mutation(
            "a plan is void without a table that says so",
            PLAN_EXECUTION,
            "return switch (appends.voids(plan, before, tables.require(plan, witness))) {",
            "return switch (TableStep.VOID) {",
            138),
        new Mutation(
            "results tables stay open after a void plan",
            WINDOW_CLOSER,
            "if (batch.isStandIn()) {",
            "if (false) {",
            193),
        new Mutation(
            "the results of a void plan are kept",
            SWEEP,
            "checkpoint.plan(AttemptLog.batch(entry.getValue()))",
            "checkpoint.batches().read(AttemptLog.batch(entry.getValue()))",
            193),
        new Mutation(
            "a letter that failed is taken for acknowledged",
            DEAD_LETTERS,
            "fail(RecordErrors.deadLetterFailed(letter.record, e.getCause()));",
            "",
            12),
        new Mutation(
            "an entry of ours without its plan is taken for Spark's",
            CHECKPOINT_LOCATION,
            "if (entry.get().isOfSpark()) {",
            "if (true) {",
            187),
        new Mutation(
            "the location of another connector is claimed",
            OWNERSHIP,
            "if (owner.isPresent() && !takenOverFrom.equals(Optional.of(owner.get().connector()))) {",
            "if (false) {",
            9),
        new Mutation(
            "a task on another disk continues",
            OWNERSHIP,
            "look = 1; !read(retries).equals(wanted); look++",
            "look = 1; look < 0; look++",
            33),
        new Mutation(
            "an append does not say which batch has to be the last",
            TABLE_APPENDS,
            "            queryId,\n            plan.number(),\n            expected,",
            "            queryId,\n            plan.number(),\n            java.util.OptionalLong.empty(),"),
        new Mutation(
            "files that are gone are taken for whole",
            FILE_CHECK,
            "boolean gone = misfit.isEmpty() && looks && !dataFiles.isWhole(file);",
            "boolean gone = false;"),
        new Mutation("a late record is kept", DISTINCT_ROWS, "if (had || isLate) {", "if (had) {"),
        new Mutation(
            "keys of earlier batches are not looked up",
            DISTINCT_ROWS,
            "boolean had = live.has(brought.key(), brought.keyLength(), overMs(lateMs, delayMs));",
            "boolean had = false;"),
        new Mutation("two tasks keep the same key", DISTINCT_ROWS, "        had = true;\n", ""),
        new Mutation(
            "a key leaves the state before the delay is over",
            DISTINCT_ROWS,
            "watermarkMs == Long.MIN_VALUE ? Long.MIN_VALUE : watermarkMs - delayMs;",
            "watermarkMs;"),
        new Mutation(
            "a record that is repeated keeps its key in the state",
            OPERATOR_STEP,
            "ifPresent(run -> live.add(LiveRun.of(run, batch)));\n      }\n      closed",
            "ifPresent(run -> live.add(LiveRun.of(run, batch)));\n        live.addAll(brought);\n      }\n      closed"),
        new Mutation(
            "a seek passes a key",
            LIVE_KEYS,
            "return order == 0;",
            "return order == 0 && passed <= 1;"),
        new Mutation(
            "a task forgets that a record that it drops is not late",
            KEY_FOLD,
            "numbers[at + LARGEST] = Math.max(numbers[at + LARGEST], eventMs);",
            ""),
        new Mutation(
            "files with duplicates are committed as well",
            PLAN_EXECUTION,
            "        .filter(file -> !replaced.contains(file))\n",
            ""),
        new Mutation(
            "a table of which no row is left must have the batch",
            DROPPED_ROWS,
            "lost.removeAll(left);",
            "lost.clear();"),
        new Mutation(
            "replaced files stay when their driver dies",
            SWEEP,
            "if (operators.stream().anyMatch(Operator::isDistinct)) {",
            "if (false) {"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void isFound(Mutation mutation) throws Exception {
    Mutant mutant = Mutant.of(mutation);
    long end = mutation.firstSeed() + SEEDS;
    long seed = mutant.firstFailing(mutation.firstSeed(), SEEDS);
    while (seed > 0 && Campaign.firstFailing(seed, 1) == seed) {
      // It fails without the bug as well, and so has found another one.
      seed = mutant.firstFailing(seed + 1, end - seed - 1);
    }
    System.out.println("found by seed " + seed + ": " + mutation);
    assertThat(seed).as("first seed that fails").isPositive();
  }
}
