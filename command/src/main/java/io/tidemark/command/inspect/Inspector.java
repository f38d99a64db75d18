package io.tidemark.command.inspect;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.command.location.Damage;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.location.StateScan;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.QueryLog;
import io.tidemark.delta.read.QueryLogs;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.sink.audit.NamedRanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Collects the state of a query from its plans, logs, tables and files. Reads only. */
public final class Inspector {

  private final LocationScan scan;
  private final QueryLogs logs;
  private final TableFolder folder;
  private final int limit;
  private final Map<Long, List<CommittedBatch>> versions = new HashMap<>();
  private final Map<CommittedBatch, String> tableOf = new HashMap<>();

  /**
   * @param limit how many batches to show at most
   */
  public Inspector(LocationScan scan, QueryLogs logs, TableFolder folder, int limit) {
    this.scan = scan;
    this.logs = logs;
    this.folder = folder;
    this.limit = limit;
  }

  /** Reads everything. */
  public Inspection inspect(long nowMs, SortedMap<TopicPartition, Long> logEnds)
      throws IOException {
    List<Batch> plans = new ArrayList<>(scan.plans().values());
    if (plans.isEmpty() && scan.committed().number() >= 0) {
      plans.add(scan.committed());
    }
    List<Batch> shown = plans.subList(Math.max(0, plans.size() - limit), plans.size());
    Batch newest = plans.isEmpty() ? Batch.NONE : plans.get(plans.size() - 1);
    long first = shown.isEmpty() ? 0 : shown.get(0).number();
    List<TableView> tables = new ArrayList<>();
    for (Map.Entry<String, String> table : newest.tables().entrySet()) {
      tables.add(table(table.getKey(), table.getValue(), first));
    }
    List<BatchView> batches = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      int at = plans.size() - shown.size() + i;
      batches.add(batch(shown.get(i), at > 0 ? Optional.of(plans.get(at - 1)) : Optional.empty()));
    }
    List<Damage> damages = new ArrayList<>(scan.damages());
    damages.addAll(new StateScan(scan).listed());
    return new Inspection(
        scan.storage().location(),
        scan.queryId(),
        scan.owner(),
        nowMs,
        batches,
        plans.size(),
        tables,
        scan.waiting(),
        sessions(newest),
        new OrphanSearch(scan, folder).run(),
        damages,
        logEnds);
  }

  /** A table that cannot be read says so in its line; the others are still shown. */
  private TableView table(String location, String id, long first) {
    try {
      return logs.open(location)
          .map(log -> read(log, location, id, first))
          .orElseGet(() -> unreadable(location, id, "there is no table"));
    } catch (UncheckedIOException e) {
      return unreadable(location, id, "cannot be read: " + e.getCause().getMessage());
    } catch (IOException | TidemarkException e) {
      return unreadable(location, id, "cannot be read: " + e.getMessage());
    }
  }

  private static TableView unreadable(String location, String id, String why) {
    return new TableView(location, id, OptionalLong.empty(), OptionalLong.empty(), why);
  }

  /** Reads the batches in the table's log, from the newest version back to a batch. */
  private TableView read(QueryLog log, String location, String id, long first) {
    try {
      long earliest = log.earliestCommit();
      for (long version = log.newest(); version >= earliest; version--) {
        Optional<CommittedBatch> batch = log.batch(version, scan.queryId());
        if (batch.isPresent()) {
          if (batch.get().batch() < first) {
            break;
          }
          versions.computeIfAbsent(batch.get().batch(), none -> new ArrayList<>()).add(batch.get());
          tableOf.put(batch.get(), location);
        }
      }
      return new TableView(
          location,
          id,
          OptionalLong.of(log.newest()),
          log.lastBatch(scan.queryId()),
          log.tableId().equals(id) ? "" : "it is another table: its id is " + log.tableId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BatchView batch(Batch plan, Optional<Batch> before) {
    List<CommittedBatch> made = versions.getOrDefault(plan.number(), List.of());
    SortedMap<String, Long> madeVersions = new TreeMap<>();
    made.forEach(version -> madeVersions.put(tableOf.get(version), version.version()));
    Long logged = scan.commits().get(plan.number());
    OptionalLong committedMs =
        logged == null
            ? OptionalLong.empty()
            : made.isEmpty()
                ? OptionalLong.of(logged)
                : made.stream().mapToLong(CommittedBatch::timestampMs).max();
    return new BatchView(
        plan.number(),
        plan.timestampMs(),
        committedMs,
        ranges(plan, before, made),
        plan.frontier(),
        made.stream().allMatch(version -> version.rows() < 0)
            ? made.isEmpty() && logged != null ? 0 : -1
            : made.stream().mapToLong(version -> Math.max(0, version.rows())).sum(),
        madeVersions,
        plan.accepted().size(),
        plan.rejected().size(),
        plan.operators(),
        plan.continuity().resets().cause());
  }

  /** The ranges that a table names, or else the difference between the frontiers of two plans. */
  private static SortedMap<TopicPartition, OffsetRange> ranges(
      Batch plan, Optional<Batch> before, List<CommittedBatch> made) {
    for (CommittedBatch version : made) {
      SortedMap<TopicPartition, OffsetRange> named = NamedRanges.parse(version.offsets());
      if (!named.isEmpty()) {
        return named;
      }
    }
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    if (before.isPresent() && before.get().number() == plan.number() - 1) {
      plan.frontier()
          .ends()
          .forEach(
              (partition, end) -> {
                OptionalLong from = before.get().frontier().end(partition);
                if (from.isPresent() && from.getAsLong() < end) {
                  ranges.put(partition, new OffsetRange(from.getAsLong(), end));
                }
              });
    }
    return ranges;
  }

  private List<SessionView> sessions(Batch newest) throws IOException {
    var tables = scan.sessionTables();
    List<Segment> waiting = scan.waiting();
    return scan.sessions().stream()
        .map(
            id ->
                new SessionView(
                    id,
                    newest.session(id),
                    (int)
                        waiting.stream()
                            .filter(segment -> segment.id().session().equals(id))
                            .count(),
                    tables.getOrDefault(id, List.of())))
        .toList();
  }
}
