package io.tidemark.sink.fake;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a Spark query does to checkpoint location and table, step by step: it runs the last planned
 * batch again unless that is committed, then plans the next one up to the end of Kafka's log.
 */
public final class Spark {

  /** Some of the settings that it freezes. */
  public static final SortedMap<String, String> CONF =
      new TreeMap<>(Map.of("spark.sql.shuffle.partitions", "3", "spark.sql.x", "y"));

  private final CheckpointLocation checkpoint;
  private final Table table;
  private final MemoryFiles files;
  private final FakeBroker logs;

  Spark(CheckpointLocation checkpoint, Table table, MemoryFiles files, FakeBroker logs) {
    this.checkpoint = checkpoint;
    this.table = table;
    this.files = files;
    this.logs = logs;
  }

  /** Starts, brings the table to the end of Kafka's log, and stops. */
  public void run() throws IOException {
    finish();
    plan();
    write();
    commit();
  }

  /** Starts, and runs the batch again that is planned and not committed. */
  public void finish() throws IOException {
    checkpoint.queryId();
    if (planned() > committed()) {
      write();
      commit();
    }
  }

  /** Creates the offset log entry of the next batch, up to the end of Kafka's log. */
  public void plan() throws IOException {
    plan(Long.MAX_VALUE);
  }

  /** Creates the offset log entry of the next batch of at most so many records of a partition. */
  public void plan(long maxOffsets) throws IOException {
    checkpoint.queryId();
    long number = committed() + 1;
    Frontier from = ends(number - 1);
    SortedMap<TopicPartition, Long> ends = new TreeMap<>(Offsets.ORDER);
    logs.ends.forEach(
        (partition, end) -> {
          long begin = from.end(partition).orElse(0);
          ends.put(partition, begin + Math.min(maxOffsets, end - begin));
        });
    create(
        checkpoint
            .offsets()
            .create(number, new OffsetLog.Entry(0, number, CONF, new Frontier(ends))));
  }

  /** Commits the records of the planned batch to the table, unless it has them. */
  public void write() throws IOException {
    long number = planned();
    Frontier from = ends(number - 1);
    List<String> records = new ArrayList<>();
    ends(number)
        .ends()
        .forEach(
            (partition, end) -> {
              for (long offset = from.end(partition).orElse(0); offset < end; offset++) {
                if (logs.holdsRecord(partition, new OffsetRange(offset, offset + 1))) {
                  records.add(partition + "@" + offset);
                }
              }
            });
    List<DataFile> written = new ArrayList<>();
    if (!records.isEmpty()) {
      int rows = records.size();
      DataFile file =
          new DataFile(table.location(), "spark-" + number, Map.of(), rows, 0, rows, "{}");
      files.put(file, records);
      written.add(file);
    }
    table.append(new Append(checkpoint.queryId(), number, written, Map.of()));
  }

  /** Creates the commit log entry of the planned batch. */
  public void commit() throws IOException {
    create(checkpoint.commits().create(planned(), new CommitLog.Entry(0)));
  }

  private long planned() throws IOException {
    return number(checkpoint.offsets().latest());
  }

  private long committed() throws IOException {
    return number(checkpoint.commits().latest());
  }

  private Frontier ends(long number) throws IOException {
    return checkpoint.offsets().read(number).map(OffsetLog.Entry::frontier).orElse(Frontier.NONE);
  }

  private static long number(OptionalLong latest) {
    return latest.orElse(Batch.NONE.number());
  }

  private static void create(boolean created) {
    if (!created) {
      throw new AssertionError("Spark found a concurrent update of its logs");
    }
  }
}
