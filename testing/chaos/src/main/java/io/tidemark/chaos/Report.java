package io.tidemark.chaos;

import io.tidemark.chaos.Disturbance.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a run.
 *
 * @param seed of the run
 * @param minutes from the first event until everything was settled
 * @param records acknowledged
 * @param poison records that cannot become rows
 * @param letters in the dead letter queues, repeated ones included
 * @param windows rows of windows
 * @param events number of events by kind
 * @param batches committed, by both connectors
 * @param rejectedSegments segments that a batch rejected
 * @param foreignCommits versions that another writer made
 * @param longestRecoveryMs from the end of an event until the next batch
 * @param longestGapMs between two batches
 * @param taskRestarts failed tasks that were restarted
 * @param findings counts that must be 0, by name
 * @param unexplained failures of tasks and workers that no event explains
 * @param logComplete whether all versions were there to be searched for orphans
 */
public record Report(
    long seed,
    double minutes,
    long records,
    long poison,
    long letters,
    long windows,
    Map<Disturbance, Integer> events,
    long batches,
    long rejectedSegments,
    long foreignCommits,
    long longestRecoveryMs,
    long longestGapMs,
    int taskRestarts,
    Map<String, Long> findings,
    List<String> unexplained,
    boolean logComplete) {

  public Report {
    events = Map.copyOf(events);
    findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    unexplained = List.copyOf(unexplained);
  }

  /** Whether every record is in its place exactly once, and nothing else is wrong. */
  public boolean good() {
    return findings.values().stream().allMatch(count -> count == 0);
  }

  /** As a table of two columns. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, "seed", seed);
    add(lines, "minutes", String.format(Locale.ROOT, "%.1f", minutes));
    add(lines, "records", records);
    add(lines, "  poison", poison);
    add(lines, "dead letters", letters);
    add(lines, "window rows", windows);
    Arrays.stream(Group.values()).forEach(group -> addEvents(lines, group));
    add(lines, "batches", batches);
    add(lines, "rejected segments", rejectedSegments);
    add(lines, "foreign commits", foreignCommits);
    add(lines, "longest recovery, s", String.format(Locale.ROOT, "%.1f", longestRecoveryMs / 1e3));
    add(lines, "longest gap, s", String.format(Locale.ROOT, "%.1f", longestGapMs / 1e3));
    add(lines, "task restarts", taskRestarts);
    findings.forEach((finding, count) -> add(lines, finding, count));
    unexplained.forEach(failure -> lines.add("  " + failure));
    if (!logComplete) {
      lines.add("  orphans may be fewer: a log has lost its beginning");
    }
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
