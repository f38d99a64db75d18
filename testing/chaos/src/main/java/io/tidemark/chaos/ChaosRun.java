package io.tidemark.chaos;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run: it starts everything, runs the storm, waits until everything has settled, and asks the
 * oracle.
 */
public final class ChaosRun {

  private static final Patience SETTLEMENT =
      new Patience(Duration.ofMinutes(5), Duration.ofSeconds(1));

  // A lag of 0 means that every row is there; this only allows slow Spark queries to be repeated.
  private static final Patience ROWS = new Patience(Duration.ofMinutes(1), Duration.ofSeconds(2));

  // One of the next few batches removes the files of killed tasks.
  private static final Patience CLEANUP =
      new Patience(Duration.ofMinutes(1), Duration.ofSeconds(1));

  private final Setup setup;
  private final PrintStream out;

  /**
   * @param out for the diary
   */
  public ChaosRun(Setup setup, PrintStream out) {
    this.setup = setup;
    this.out = out;
  }

  /** With every kind of event once. */
  public Report once(List<Disturbance> kinds) throws IOException, InterruptedException {
    return run(storm -> storm.once(kinds));
  }

  /** With events of all kinds for this time. */
  public Report during(Duration time) throws IOException, InterruptedException {
    return run(storm -> storm.during(time, setup.s3() ? Disturbances.ON_S3 : Disturbances.ALL));
  }

  private interface Course {
    void take(Storm storm);
  }

  private Report run(Course course) throws IOException, InterruptedException {
    out.println("seed " + setup.seed());
    try (Scene scene = Scene.start(setup)) {
      Diary diary = new Diary(out);
      OnCall care = new OnCall(scene, diary);
      diary.say("%d workers are up, the first batches are committed".formatted(setup.workers()));
      Storm storm = new Storm(scene, new Dice(setup.seed()), diary, care);
      attempt(care, () -> course.take(storm));
      diary.say("the storm is over");
      return report(scene, diary, care);
    }
  }

  private Report report(Scene scene, Diary diary, OnCall care)
      throws IOException, InterruptedException {
    Ledger ledger = Ledger.checked(setup.seed(), scene.writer.finish(), scene.topics);
    Set<Ledger.Place> poison = ledger.poison();
    Oracle oracle = new Oracle(scene.spark, scene.records.table);
    diary.say(
        "%d records are acknowledged, %d of them poison".formatted(ledger.total(), poison.size()));
    attempt(care, () -> settle(scene, care));
    attempt(
        care,
        () ->
            ROWS.await(
                "all rows are there", () -> oracle.rows() >= ledger.total() - poison.size()));
    attempt(
        care,
        () ->
            CLEANUP.await("no data file is an orphan", () -> Orphans.of(scene.sinks).count() == 0));
    double minutes = diary.minutes();
    Oracle.Verdict rows = oracle.judge(ledger);
    Oracle.Verdict windows = new WindowOracle(scene.spark, scene.windows.table).judge(ledger);
    Map<String, Long> findings = new LinkedHashMap<>();
    findings.put("missing", rows.missing());
    findings.put("duplicate", rows.duplicate());
    findings.put("corrupt", rows.corrupt());
    findings.put("foreign rows not once", oracle.foreignDamage(scene.foreign.rows()));
    findings.put("windows missing", windows.missing());
    findings.put("windows duplicate", windows.duplicate());
    findings.put("windows wrong", windows.corrupt());
    long letters = 0;
    for (Sink sink : scene.sinks) {
      DeadLetters queue = DeadLetters.read(scene.broker.bootstrapServers(), sink.queue());
      letters += queue.places().size();
      findings.merge("dead letters missing", queue.missing(poison), Long::sum);
      findings.merge("dead letters of good records", queue.good(poison), Long::sum);
    }
    findings.put(
        "batches repeated",
        scene.sum(sink -> new Oracle(scene.spark, sink.table).repeatedBatches()));
    findings.put("unexplained failures", (long) care.unexplained().size());
    Orphans orphans = Orphans.of(scene.sinks);
    findings.put("orphans", orphans.count());
    Report report =
        new Report(
            setup.seed(),
            minutes,
            ledger.total(),
            poison.size(),
            letters,
            windows.rows(),
            diary.counts(),
            scene.sum(sink -> sink.progress.batches()),
            scene.sum(sink -> sink.progress.rejected()),
            oracle.foreignCommits(),
            scene.longest(Progress::longestRecoveryMs),
            scene.longest(Progress::longestGapMs),
            care.restarts(),
            findings,
            care.unexplained(),
            orphans.logComplete());
    scene.workers.forEach(ConnectWorker::stop);
    return report;
  }

  /** An unfinished step is a finding; the table is still checked. */
  private static void attempt(OnCall care, Runnable step) {
    try {
      step.run();
    } catch (TidemarkException e) {
      care.note(e.getMessage());
    }
  }

  private static void settle(Scene scene, OnCall care) {
    SETTLEMENT.await(
        "the consumer groups have no lag",
        () -> {
          care.look(false);
          return scene.lag() == 0;
        });
  }
}
