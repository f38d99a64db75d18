package io.tidemark.command.adopt;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.command.error.AdoptErrors;
import io.tidemark.command.error.CommandErrors;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes a checkpoint location continue a query whose location is lost but whose tables still exist.
 * One batch, the one after the query's last, records where the query ended. Like every requested
 * reset it sets the end offsets, so it needs none of the lost plans.
 *
 * <p>The file {@code metadata} is written last: connectors refuse a location that has logs but no
 * {@code metadata}. An interrupted adoption is therefore harmless and can be repeated.
 */
public final class Adoption {

  /** In place of a driver's name. */
  private static final String WRITER = "adopted";

  private static final List<String> LOGS = List.of("batches", "offsets", "commits");
  private static final List<String> BEGUN = List.of("segments", "sessions", "attempts");

  private final MaintainedStorage storage;
  private final CheckpointLocation checkpoint;
  private final String queryId;

  /**
   * @param queryId the query to continue
   */
  public Adoption(MaintainedStorage storage, String queryId) {
    this.storage = storage;
    this.checkpoint = new CheckpointLocation(storage);
    this.queryId = queryId;
  }

  /**
   * Refuses a location whose batches are in a table: it already continues a query. A new connector
   * commits a batch without rows before it finds that it must not continue; such a batch is no
   * obstacle.
   *
   * @throws io.tidemark.common.TidemarkException when a table has a batch of it (TM-621)
   */
  public void requireFree() throws IOException {
    boolean begun = checkpoint.knownQueryId().isPresent();
    Set<Long> free = new HashSet<>();
    for (long number : checkpoint.batches().numbers()) {
      if (checkpoint.batches().read(number).filter(plan -> isFree(plan, begun)).isPresent()) {
        free.add(number);
      }
    }
    for (String log : LOGS) {
      for (StoredFile file : storage.files(log)) {
        if (!file.isTemporary()
            && free.stream().map(String::valueOf).noneMatch(file.name()::equals)) {
          throw AdoptErrors.locationInUse(storage.location(), log + "/" + file.name());
        }
      }
    }
  }

  /** Whether a plan writes to no table, or belongs to an interrupted adoption. */
  private static boolean isFree(Batch plan, boolean begun) {
    return (plan.tables().isEmpty() && plan.operators().isEmpty())
        || (!begun && plan.writer().equals(WRITER));
  }

  /** The files to move aside: those of a connector that began here, or of an earlier attempt. */
  public List<String> inTheWay() throws IOException {
    List<String> paths = new ArrayList<>();
    if (checkpoint.knownQueryId().filter(id -> !id.equals(queryId)).isPresent()) {
      paths.add("metadata");
    }
    List<String> directories = new ArrayList<>(LOGS);
    directories.addAll(BEGUN);
    for (String operator : storage.directories("state")) {
      directories.add("state/" + operator);
    }
    for (String directory : directories) {
      for (StoredFile file : storage.files(directory)) {
        paths.add(directory + "/" + file.name());
      }
    }
    return paths;
  }

  /**
   * The batch that records where the query ended.
   *
   * @param ends by topic-partition
   * @param tables location to table id of the tables that the query wrote to
   */
  public Batch plan(
      QueryHistory history,
      SortedMap<TopicPartition, Long> ends,
      Map<String, String> tables,
      long nowMs) {
    long number = history.newest() + 1;
    SortedMap<TopicPartition, OffsetResets.Reset> resets = new TreeMap<>(Offsets.ORDER);
    ends.forEach(
        (partition, end) ->
            resets.put(
                partition, new OffsetResets.Reset(OptionalLong.empty(), OptionalLong.of(end))));
    return new Batch(
        number,
        WRITER,
        nowMs,
        DecidedSegments.NONE,
        new Frontier(ends),
        new WrittenTables(new TreeMap<>(tables), history.writes()),
        new TreeMap<>(),
        WindowStates.NONE,
        new Continuity(
            Origin.UNKNOWN,
            new TreeMap<>(Offsets.ORDER),
            new OffsetResets(UUID.randomUUID().toString(), "tidemark adopt", resets),
            number,
            PastResets.NONE));
  }

  /**
   * Carries out the adoption.
   *
   * @param aside directory in the location to which these files are moved
   */
  public void carryOut(Batch plan, String aside) throws IOException {
    for (String path : inTheWay()) {
      storage.move(path, aside + "/" + path);
    }
    boolean done =
        checkpoint.batches().create(plan.number(), plan)
            && checkpoint.offsets().create(plan.number(), OffsetLog.Entry.of(plan, Map.of()))
            && checkpoint.commits().create(plan.number(), CommitLog.Entry.of(plan))
            && checkpoint.continueQuery(queryId);
    if (!done) {
      throw CommandErrors.seemsToRun(storage.location(), "a moment");
    }
  }
}
