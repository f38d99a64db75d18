package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.adopt.Adoption;
import io.tidemark.command.adopt.QueryHistory;
import io.tidemark.command.error.AdoptErrors;
import io.tidemark.command.repair.Repair;
import io.tidemark.command.reset.WantedOffsets;
import io.tidemark.command.text.Figures;
import io.tidemark.command.text.TextTable;
import io.tidemark.command.verify.TableTrail;
import io.tidemark.common.ForwardClock;
import io.tidemark.connector.Location;
import io.tidemark.delta.read.DeltaQueryLogs;
import io.tidemark.delta.read.QueryLog;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.storage.MaintainedStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Continues a query whose checkpoint location is lost, from the information in its tables. */
@Command(
    name = "adopt",
    description = {
      "Makes a checkpoint location continue a query whose own location is lost. It reads from the"
          + " tables at which offsets the query ended, and writes them as one batch. The location"
          + " may be empty, or started by a connector that has committed nothing there; files of"
          + " that connector are moved to damaged/.",
      "If the logs of the tables do not go back to the first batch of the query, name Kafka, so"
          + " that no partition is forgotten, and give the ends that the logs do not have with"
          + " --ends. A query with windowed aggregates cannot be adopted.",
      "Stop the connector first (PUT /connectors/<name>/stop), and resume it afterwards."
    },
    mixinStandardHelpOptions = true)
final class AdoptCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LocationOptions location;
  @Mixin private KafkaOptions kafka;
  @Mixin private ExecuteOptions options;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      required = true,
      description =
          "A table that the query wrote to, spelled as in the connector's table.path. Repeat it"
              + " for each table.")
  private List<String> tables;

  @Option(
      names = "--query-id",
      paramLabel = "ID",
      description = "The query; needed if several queries of connectors wrote to the tables.")
  private String queryId;

  @Option(
      names = "--ends",
      paramLabel = "OFFSETS",
      description =
          "End offsets (exclusive) of partitions that the tables do not have, or have wrong, such"
              + " as {\"orders\":{\"0\":1500,\"1\":null}}; null for a partition that was never read.")
  private String given;

  @Override
  public Integer call() throws IOException {
    SortedMap<TopicPartition, OptionalLong> told = given();
    List<QueryLog> logs = open();
    String query = query(logs);
    List<TableTrail> trails = new ArrayList<>();
    Map<String, String> ids = new TreeMap<>();
    for (QueryLog log : logs) {
      TableTrail trail = TableTrail.read(log, query, 0);
      if (!trail.batches().isEmpty() || trail.lastBatch().isPresent()) {
        trails.add(trail);
        ids.put(log.location(), log.tableId());
      }
    }
    QueryHistory history = new QueryHistory(trails);
    requireAdoptable(history, query, ids.keySet());
    MaintainedStorage storage = location.storage();
    Adoption adoption = new Adoption(storage, query);
    adoption.requireFree();
    TextTable table = new TextTable("partition", "-end", "source");
    SortedMap<TopicPartition, Long> ends = ends(history, query, told, table);
    long nowMs = ForwardClock.SYSTEM.getAsLong();
    Batch plan = adoption.plan(history, ends, ids, nowMs);
    PrintWriter out = spec.commandLine().getOut();
    describe(history, query, plan, table, out);
    List<String> inTheWay = adoption.inTheWay();
    String aside =
        Repair.DIRECTORY + "/" + Figures.time(nowMs).replaceAll("[-:]", "").replace(' ', '-');
    if (!inTheWay.isEmpty()) {
      out.println(
          "Files that a connector has started there: "
              + inTheWay.size()
              + ". They are moved to "
              + aside
              + ".");
      out.println();
    }
    if (!options.execute()) {
      out.println("Nothing was changed. Run it again with --execute to do this.");
      out.flush();
      return ExitCode.FINE;
    }
    options.requireQuiet(storage, nowMs);
    adoption.carryOut(plan, aside);
    out.println(
        "Batch "
            + plan.number()
            + " is written. Resume or restart the connector; restarting only its tasks is not enough.");
    out.flush();
    return ExitCode.FINE;
  }

  private List<QueryLog> open() throws IOException {
    SortedSet<String> locations = new TreeSet<>();
    tables.forEach(table -> locations.add(Location.normalise(table)));
    List<QueryLog> logs = new ArrayList<>();
    for (String table : locations) {
      logs.add(
          new DeltaQueryLogs(location.fileSystems())
              .open(table)
              .orElseThrow(() -> AdoptErrors.noTable(table)));
    }
    return logs;
  }

  /** The named query, or the only query of a connector that wrote to the tables. */
  private String query(List<QueryLog> logs) throws IOException {
    if (queryId != null) {
      return queryId;
    }
    Set<String> found = new TreeSet<>();
    for (QueryLog log : logs) {
      for (long version = log.earliestCommit(); version <= log.newest(); version++) {
        log.batch(version)
            .filter(batch -> batch.plan().isPresent())
            .map(CommittedBatch::queryId)
            .ifPresent(found::add);
      }
    }
    if (found.size() != 1) {
      throw AdoptErrors.whichQuery(tables, found);
    }
    return found.iterator().next();
  }

  private void requireAdoptable(QueryHistory history, String query, Collection<String> written) {
    if (history.ends().isEmpty() && given == null) {
      throw AdoptErrors.noOffsets(query, tables);
    }
    if (!history.operators().isEmpty()) {
      throw AdoptErrors.windowsLost(query, history.operators());
    }
    if (written.size() < history.tables()) {
      throw AdoptErrors.tablesLeftOut(query, history.tables(), written);
    }
  }

  private SortedMap<TopicPartition, Long> ends(
      QueryHistory history,
      String query,
      SortedMap<TopicPartition, OptionalLong> told,
      TextTable table)
      throws IOException {
    SortedMap<TopicPartition, Long> ends = new TreeMap<>(Offsets.ORDER);
    SortedSet<TopicPartition> unknown = new TreeSet<>(Offsets.ORDER);
    history
        .ends()
        .forEach(
            (partition, end) -> {
              if (!told.containsKey(partition)) {
                if (end.batch() >= history.doubtfulBefore()) {
                  ends.put(partition, end.offset());
                  table.row(
                      partition.toString(), Figures.number(end.offset()), "batch " + end.batch());
                } else {
                  unknown.add(partition);
                }
              }
            });
    told.forEach(
        (partition, end) -> {
          end.ifPresent(offset -> ends.put(partition, offset));
          table.row(
              partition.toString(),
              end.isPresent() ? Figures.number(end.getAsLong()) : "never read",
              "--ends");
        });
    if (history.doubtfulBefore() > 0) {
      for (String topic : history.topics()) {
        if (!kafka.isGiven()) {
          throw AdoptErrors.historyCutShort(query, history.doubtfulBefore(), unknown, false);
        }
        unknown.addAll(kafka.offsetsOf(topic, OffsetSpec.latest()).keySet());
      }
      unknown.removeAll(ends.keySet());
      unknown.removeAll(told.keySet());
    }
    if (!unknown.isEmpty()) {
      throw AdoptErrors.historyCutShort(query, history.doubtfulBefore(), unknown, true);
    }
    return ends;
  }

  private SortedMap<TopicPartition, OptionalLong> given() {
    try {
      return given == null ? new TreeMap<>(Offsets.ORDER) : WantedOffsets.parse(given);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Invalid value for --ends: " + e.getMessage() + ".", e);
    }
  }

  private static void describe(
      QueryHistory history, String query, Batch plan, TextTable table, PrintWriter out) {
    out.println("Query " + query + ", whose last batch was " + history.newest() + ", wrote to:");
    history.writes().forEach((written, batch) -> out.println("  " + written + ", batch " + batch));
    out.println();
    out.print(table);
    out.println();
    out.println(
        "Batch "
            + plan.number()
            + " will set these ends. Offsets that were altered after the batches"
            + " above are not known:");
    out.println("set them again with tidemark rebase afterwards.");
    out.println();
  }
}
