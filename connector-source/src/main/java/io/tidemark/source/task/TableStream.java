package io.tidemark.source.task;

import io.tidemark.source.offset.Shards;
import io.tidemark.source.offset.TableShard;
import io.tidemark.source.read.Lag;
import io.tidemark.source.read.Step;
import io.tidemark.source.read.TableReader;
import io.tidemark.source.record.RecordFactory;
import io.tidemark.source.record.RowRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The shards of one table, as records. */
public final class TableStream {

  private final TableReader reader;
  private final RecordFactory factory;
  private final List<Map<String, String>> partitions;
  private final Acknowledgements acknowledgements;
  private long nextLookMs = Long.MIN_VALUE;
  private boolean upToDate = true;

  /**
   * @param reader at the position to continue from
   */
  public TableStream(TableReader reader, Shards shards, RecordFactory factory) {
    this.reader = reader;
    this.factory = factory;
    this.partitions =
        IntStream.range(0, shards.count())
            .mapToObj(shard -> new TableShard(reader.location(), shard, shards.count()).partition())
            .toList();
    this.acknowledgements = new Acknowledgements(reader.positions());
  }

  /** The state of a batch after it was filled. */
  enum Filled {
    /** The table has nothing more for now. */
    UP_TO_DATE,
    /** A version is complete; there may be more. */
    VERSION_COMPLETE,
    /** The batch is full, in the middle of a version. */
    BATCH_FULL
  }

  /** Checks for new versions when the next check is due. */
  void look(long nowMs, long intervalMs) throws IOException {
    if (upToDate && nowMs >= nextLookMs) {
      reader.look();
      upToDate = false;
      nextLookMs = nowMs + intervalMs;
    }
  }

  /** When the next check is due: at once unless everything has been read. */
  long nextLookMs() {
    return upToDate ? nextLookMs : Long.MIN_VALUE;
  }

  /** Closes the table too, because after a failure it may have been replaced. */
  void failed() {
    upToDate = true;
    nextLookMs = Long.MIN_VALUE;
  }

  /** Adds records up to the end of a version, or of the batch. */
  Filled fill(PollBatch batch, OpenTransaction transaction) throws IOException {
    Acknowledgements.Stretch run = acknowledgements.begin();
    String known = acknowledgements.text();
    try {
      while (!batch.isFull()) {
        Step step = reader.next();
        if (step instanceof Step.Row row) {
          RowRecord record =
              factory.record(row, partitions.get(row.shard()), row.next(), known, run::committed);
          run.made();
          batch.add(record);
          transaction.add(record, row.next().snapshot());
        } else if (step instanceof Step.FileEnd end) {
          batch.fileRead(end.bytes());
        } else if (step instanceof Step.PartEnd) {
          transaction.end();
          return Filled.VERSION_COMPLETE;
        } else if (step instanceof Step.UpToDate) {
          transaction.end();
          upToDate = true;
          return Filled.UP_TO_DATE;
        }
      }
      return Filled.BATCH_FULL;
    } finally {
      acknowledgements.end(reader.positions());
    }
  }

  String location() {
    return reader.location();
  }

  /** How far it is behind. */
  Lag lag(long nowMs) {
    return reader.lag(nowMs);
  }

  /** Whether there is no such table. */
  boolean isMissing() {
    return reader.isMissing();
  }

  void close() {
    reader.close();
  }
}
