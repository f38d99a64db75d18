package io.tidemark.source.fake;

import io.tidemark.source.record.RowRecord;
import io.tidemark.source.task.TaskSession;
import io.tidemark.source.task.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A worker, and the topics that a reader of committed records sees. Its tasks die when they are
 * told to, in the middle of a batch.
 */
public final class FakeConnect {

  /** How the worker commits. */
  public enum Mode {
    /** A transaction ends where the task says. */
    CONNECTOR_BOUNDARY,
    /** A transaction ends with each poll. */
    POLL_BOUNDARY,
    /**
     * There are no transactions: Kafka takes each record on its own, and offsets follow by source
     * partition.
     */
    AT_LEAST_ONCE
  }

  /** Transactions in the order of their commits. */
  public final List<List<SourceRecord>> committed = new ArrayList<>();

  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();

  /** The offsets as a task reads them when it starts. */
  public Map<Map<String, String>, Map<String, Object>> offsets(
      List<Map<String, String>> partitions) {
    Map<Map<String, String>, Map<String, Object>> found = new HashMap<>();
    partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
    return found;
  }

  /** Whether any offset has been committed. */
  public boolean hasOffsets() {
    return !offsets.isEmpty();
  }

  /** Sets offsets, as somebody would through REST. */
  public void put(Map<Map<String, ?>, Map<String, Object>> altered) {
    offsets.putAll(altered);
  }

  public Map<Map<String, ?>, Map<String, Object>> stored() {
    return offsets;
  }

  /** Every record that readers see. */
  public List<SourceRecord> records() {
    return committed.stream().flatMap(List::stream).toList();
  }

  /** A task that is run by hand. */
  public final class Task {

    private final TaskSession session;
    private final Mode mode;
    private final Random random;
    private final Map<Map<String, ?>, List<SourceRecord>> sent = new LinkedHashMap<>();
    private final Set<SourceRecord> delivered = new HashSet<>();
    private final Set<SourceRecord> marks = new HashSet<>();
    private boolean batchMark;
    private List<SourceRecord> open = new ArrayList<>();

    /**
     * @param random decides which records Kafka takes when
     */
    public Task(Mode mode, Random random, Function<Transactions, TaskSession> session) {
      this.mode = mode;
      this.random = random;
      this.session =
          session.apply(mode == Mode.CONNECTOR_BOUNDARY ? new Marks() : Transactions.NONE);
    }

    /** Polls once and sends; returns how many records there were. */
    public int poll() {
      return poll(Integer.MAX_VALUE);
    }

    /** Polls once and dies before the record of this number is sent. */
    public int poll(int diesBefore) {
      List<SourceRecord> batch = session.poll();
      int count = 0;
      for (SourceRecord record : batch) {
        if (count == diesBefore) {
          return -1;
        }
        open.add(record);
        count++;
        if (marks.remove(record)) {
          commit();
        }
      }
      if (mode == Mode.AT_LEAST_ONCE) {
        send();
      } else if (batchMark || mode == Mode.POLL_BOUNDARY) {
        batchMark = false;
        commit();
      }
      return batch.size();
    }

    /** Kafka takes some records, in any order; then offsets may be written. */
    private void send() {
      open.forEach(
          record ->
              this.sent
                  .computeIfAbsent(record.sourcePartition(), key -> new ArrayList<>())
                  .add(record));
      open = new ArrayList<>();
      this.sent.values().stream()
          .flatMap(List::stream)
          .filter(record -> !delivered.contains(record) && random.nextInt(3) > 0)
          .toList()
          .forEach(this::deliver);
      if (random.nextBoolean()) {
        flush();
      }
    }

    private void deliver(SourceRecord record) {
      delivered.add(record);
      committed.add(List.of(record));
      ((RowRecord) record).committed();
    }

    /** The offset of a partition follows its records as far as Kafka has taken all of them. */
    private void flush() {
      this.sent.forEach(
          (partition, records) -> {
            while (!records.isEmpty() && delivered.contains(records.get(0))) {
              offsets.put(partition, json(records.remove(0).sourceOffset()));
            }
          });
    }

    /** Kafka takes everything. */
    public void settle() {
      this.sent.values().stream()
          .flatMap(List::stream)
          .filter(record -> !delivered.contains(record))
          .toList()
          .forEach(this::deliver);
      flush();
    }

    private void commit() {
      if (open.isEmpty()) {
        return;
      }
      Map<Map<String, ?>, Map<String, Object>> flushed = new LinkedHashMap<>();
      for (SourceRecord record : open) {
        flushed.put(record.sourcePartition(), json(record.sourceOffset()));
      }
      committed.add(open);
      offsets.putAll(flushed);
      open.forEach(record -> ((RowRecord) record).committed());
      open = new ArrayList<>();
    }

    private final class Marks implements Transactions {
      @Override
      public boolean ours() {
        return true;
      }

      @Override
      public void commitAfter(SourceRecord record) {
        marks.add(record);
      }

      @Override
      public void commitAfterBatch() {
        batchMark = true;
      }
    }
  }

  /** As JSON gives it back: small numbers as integers. */
  private static Map<String, Object> json(Map<String, ?> offset) {
    Map<String, Object> read = new HashMap<>();
    offset.forEach(
        (key, value) ->
            read.put(
                key,
                value instanceof Long number && number == number.intValue()
                    ? (Object) number.intValue()
                    : value));
    return read;
  }

  /** A number of records to die before; mostly none. */
  public static int death(Random random) {
    return random.nextInt(4) == 0 ? random.nextInt(12) : Integer.MAX_VALUE;
  }
}
