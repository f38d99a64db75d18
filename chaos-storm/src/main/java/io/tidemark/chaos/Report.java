package io.tidemark.chaos;

import io.tidemark.chaos.Disturbance.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has found.
 *
 * @param seed of the run
 * @param minutes from the first event until everything was settled
 * @param records acknowledged
 * @param events number of events by kind
 * @param batches committed
 * @param rejectedSegments segments that a batch rejected
 * @param foreignCommits versions that another writer made
 * @param missing records of which the table has no row, or a corrupt one
 * @param duplicate rows beyond the first of their record
 * @param corrupt places with rows that nobody wrote so
 * @param foreignDamage rows of the other writer that are not there once
 * @param repeatedBatches batches with more than one version
 * @param longestRecoveryMs from the end of an event until the next batch
 * @param longestGapMs between two batches
 * @param taskRestarts failed tasks that were restarted
 * @param unexplained failures of tasks and workers that no event explains
 * @param orphans data files that no version names
 */
public record Report(
    long seed,
    double minutes,
    long records,
    Map<Disturbance, Integer> events,
    long batches,
    long rejectedSegments,
    long foreignCommits,
    long missing,
    long duplicate,
    long corrupt,
    long foreignDamage,
    long repeatedBatches,
    long longestRecoveryMs,
    long longestGapMs,
    int taskRestarts,
    List<String> unexplained,
    Orphans orphans) {

  public Report {
    events = Map.copyOf(events);
    unexplained = List.copyOf(unexplained);
  }

  /** Data files of the connector that no version names. */
  public long orphanCount() {
    return orphans.count();
  }

  /** Whether every record is in the table once, and nothing else is wrong. */
  public boolean good() {
    return missing == 0
        && duplicate == 0
        && corrupt == 0
        && foreignDamage == 0
        && repeatedBatches == 0
        && orphans.count() == 0
        && unexplained.isEmpty();
  }

  /** As a table of two columns. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, "seed", seed);
    add(lines, "minutes", String.format(Locale.ROOT, "%.1f", minutes));
    add(lines, "records", records);
    Arrays.stream(Group.values()).forEach(group -> addEvents(lines, group));
    add(lines, "batches", batches);
    add(lines, "rejected segments", rejectedSegments);
    add(lines, "foreign commits", foreignCommits);
    add(lines, "missing", missing);
    add(lines, "duplicate", duplicate);
    add(lines, "corrupt", corrupt);
    add(lines, "foreign rows not once", foreignDamage);
    add(lines, "batches repeated", repeatedBatches);
    add(lines, "longest recovery, s", String.format(Locale.ROOT, "%.1f", longestRecoveryMs / 1e3));
    add(lines, "longest gap, s", String.format(Locale.ROOT, "%.1f", longestGapMs / 1e3));
    add(lines, "task restarts", taskRestarts);
    add(lines, "unexplained failures", unexplained.size());
    unexplained.forEach(failure -> lines.add("  " + failure));
    add(
        lines,
        "orphans",
        orphans.count()
            + (orphans.logComplete() ? "" : " or less: the log has lost its beginning"));
    return lines;
  }

  private void addEvents(List<String> lines, Group group) {
    Map<String, Integer> counts = new TreeMap<>();
    events.forEach(
        (kind, count) -> {
          if (kind.group() == group) {
            counts.put(kind.name(), count);
          }
        });
    if (!counts.isEmpty()) {
      int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
      add(lines, group.plural(), sum);
      counts.forEach((name, count) -> add(lines, "  " + name, count));
    }
  }

  private static void add(List<String> lines, String field, Object value) {
    lines.add(String.format(Locale.ROOT, "%-32s %12s", field, value));
  }
}
