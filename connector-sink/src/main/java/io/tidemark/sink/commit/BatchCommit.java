package io.tidemark.sink.commit;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.DataFile;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.PastMoves;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.audit.NamedMoves;
import io.tidemark.sink.audit.NamedQuery;
import io.tidemark.sink.audit.OffsetContinuity;
import io.tidemark.sink.batch.TableErrors;
import io.tidemark.sink.segment.SegmentErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a planned batch: offset log, one version per table, commit log. Every step may have been
 * done before, by this driver or by another; then it is passed over.
 */
public final class BatchCommit {

  private static final Logger LOG = LoggerFactory.getLogger(BatchCommit.class);

  private static final SortedMap<String, String> NO_CONF = new TreeMap<>();
  private static final long UNKNOWN = -2;

  private final CheckpointLocation checkpoint;
  private final Tables tables;
  private final String queryId;
  private final OffsetContinuity audit;
  private final Map<String, Table> opened = new HashMap<>();

  /** By location, the moves that versions of this driver have named there: once is enough. */
  private final Map<String, PastMoves> moved = new HashMap<>();

  /** Spark's settings in the offset log entry {@link #settingsOf}, which go on into the next. */
  private SortedMap<String, String> settings = NO_CONF;

  private long settingsOf = UNKNOWN;

  /** Commits without an audit. */
  public BatchCommit(CheckpointLocation checkpoint, Tables tables, String queryId) {
    this(checkpoint, tables, queryId, OffsetContinuity.off());
  }

  /**
   * @param audit asked before each append whether the batch continues the table
   */
  public BatchCommit(
      CheckpointLocation checkpoint, Tables tables, String queryId, OffsetContinuity audit) {
    this.checkpoint = checkpoint;
    this.tables = tables;
    this.queryId = queryId;
    this.audit = audit;
  }

  /**
   * Finishes the batch.
   *
   * @param known segments that need not be read again, by id
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public void finish(Batch batch, Map<SegmentId, Segment> known) throws IOException {
    log(batch);
    Optional<List<Segment>> accepted = segments(batch, known);
    if (accepted.isEmpty()) {
      return;
    }
    SortedMap<String, List<DataFile>> filesByTable = new TreeMap<>();
    for (Segment segment : accepted.get()) {
      for (DataFile file : segment.files()) {
        filesByTable.computeIfAbsent(file.table(), absent -> new ArrayList<>()).add(file);
      }
    }
    for (DataFile file : batch.results()) {
      filesByTable.computeIfAbsent(file.table(), absent -> new ArrayList<>()).add(file);
    }
    SortedMap<TopicPartition, OffsetRange> offsets = offsets(accepted.get());
    audit.begin(batch.number());
    for (Map.Entry<String, List<DataFile>> table : filesByTable.entrySet()) {
      append(batch, table.getKey(), table.getValue(), offsets);
    }
    // Invariant D: the batch is done only now that every table has it.
    if (!checkpoint.commits().create(batch.number(), CommitLog.Entry.of(batch))) {
      throw CheckpointErrors.foreignEntry(
          checkpoint.commits().file(batch.number()), checkpoint.batches().file(batch.number()));
    }
  }

  /**
   * Creates the offset log entry. One that another query created counts too if it names the same
   * offsets: then Spark planned the batch, and this plan is made to end there.
   */
  private void log(Batch batch) throws IOException {
    long number = batch.number();
    if (settingsOf != number - 1) {
      settings = checkpoint.offsets().read(number - 1).map(OffsetLog.Entry::conf).orElse(NO_CONF);
    }
    OffsetLog.Entry entry = OffsetLog.Entry.of(batch, settings);
    if (!checkpoint.offsets().create(number, entry)) {
      entry =
          checkpoint
              .offsets()
              .read(number)
              .filter(found -> found.frontier().equals(batch.frontier()))
              .orElseThrow(
                  () ->
                      CheckpointErrors.foreignEntry(
                          checkpoint.offsets().file(number), checkpoint.batches().file(number)));
    }
    settings = entry.conf();
    settingsOf = number;
  }

  /**
   * A table that lacks what an earlier batch wrote.
   *
   * @param last batch of this query that it knows of, empty for none
   * @param expected the last batch that wrote to it
   */
  public record Restored(String location, OptionalLong last, long expected) {}

  /**
   * Looks whether the tables which the plan is the first of this driver to write to still have what
   * earlier batches wrote. Before the plan is decided: afterwards it must be carried out, and its
   * rows would stand behind a hole.
   */
  public Optional<Restored> restored(Batch committed, Batch plan) throws IOException {
    for (Map.Entry<String, Long> write : plan.writes().entrySet()) {
      String location = write.getKey();
      Long expected = committed.writes().get(location);
      if (write.getValue() == plan.number() && expected != null && !opened.containsKey(location)) {
        Optional<Table> table = tables.open(location);
        if (table.isPresent()) {
          requireSameTable(plan, table.get());
          OptionalLong last = table.get().lastTransaction(queryId);
          if (last.isEmpty() || last.getAsLong() < expected) {
            return Optional.of(new Restored(location, last, expected));
          }
          opened.put(location, table.get());
        }
      }
    }
    return Optional.empty();
  }

  /** The tables that this driver has written to. */
  public Collection<Table> openedTables() {
    return opened.values();
  }

  /** The accepted segments, or empty when another driver has finished the batch and cleaned up. */
  private Optional<List<Segment>> segments(Batch batch, Map<SegmentId, Segment> known)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (SegmentId id : batch.accepted()) {
      Segment segment = known.get(id);
      if (segment == null) {
        Optional<Segment> read = checkpoint.segments().read(id);
        if (read.isEmpty()) {
          if (checkpoint.commits().latest().orElse(-1) >= batch.number()) {
            return Optional.empty();
          }
          throw SegmentErrors.missing(checkpoint.segments().file(id), batch.number());
        }
        segment = read.get();
      }
      segments.add(segment);
    }
    return Optional.of(segments);
  }

  private void append(
      Batch batch,
      String location,
      List<DataFile> files,
      SortedMap<TopicPartition, OffsetRange> offsets)
      throws IOException {
    Table table = opened.get(location);
    if (table == null) {
      table =
          tables.open(location).orElseThrow(() -> TableErrors.dropped(location, batch.number()));
      opened.put(location, table);
    }
    requireSameTable(batch, table);
    PastMoves moves = batch.continuity().moved();
    audit.before(table, batch.number(), offsets, moves);
    PastMoves told = moved.getOrDefault(location, PastMoves.NONE);
    PastMoves telling = moves.of(offsets.keySet(), told);
    Map<String, String> tags = new TreeMap<>(NamedMoves.tags(telling));
    tags.put(CommittedBatch.PLAN_TAG, PlanMark.of(batch).text());
    tags.putAll(NamedQuery.tags(batch));
    AppendResult result =
        table.append(new Append(queryId, batch.number(), files, texts(offsets), tags));
    moved.put(location, told.overlaid(telling));
    audit.after(table, batch.number(), offsets);
    if (result instanceof AppendResult.Committed committed) {
      LOG.info(
          "Committed batch {} as version {} of {}: {} files, {} rows",
          batch.number(),
          committed.version(),
          location,
          files.size(),
          files.stream().mapToLong(DataFile::rows).sum());
    } else {
      LOG.info("Batch {} of {} had been committed before", batch.number(), location);
    }
  }

  private static void requireSameTable(Batch batch, Table table) throws IOException {
    String expected = batch.tables().get(table.location());
    if (!table.id().equals(expected)) {
      throw TableErrors.recreated(table.location(), expected, table.id(), batch.number());
    }
  }

  private static SortedMap<TopicPartition, OffsetRange> offsets(List<Segment> chain) {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    for (Segment segment : chain) {
      segment
          .ranges()
          .forEach(
              (partition, range) ->
                  ranges.merge(
                      partition, range, (first, next) -> new OffsetRange(first.from(), next.to())));
    }
    return ranges;
  }

  private static Map<String, String> texts(SortedMap<TopicPartition, OffsetRange> ranges) {
    Map<String, String> texts = new TreeMap<>();
    ranges.forEach((partition, range) -> texts.put(partition.toString(), range.toString()));
    return texts;
  }
}
