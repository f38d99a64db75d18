package io.tidemark.windows.fold;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Partials of sessions: per group the stretches in which records follow each other within the gap.
 * A session ends one gap after its last record, or with the longest gap of its records.
 *
 * <pre>
 *   key    group ‖ start of the session, 8 bytes, sign bit flipped
 *   value  end minus start ‖ number of records ‖ accumulators
 * </pre>
 */
public final class SessionWindowFold implements Fold {

  /**
   * Approximate heap of a session without its accumulators, and of a group without its sessions,
   * bytes.
   */
  private static final int OBJECT_BYTES = 120;

  private final long gapMicros;
  private final Accumulators layout;
  private final Map<Key, List<Session>> groups = new TreeMap<>();
  private final Key probe = new Key();
  private final ByteWriter bytesOfMerged = new ByteWriter(64);
  private final ByteReader reader = new ByteReader();
  private long bytes;

  /** A group's key, comparable; the instance for look-ups is reused. */
  private static final class Key implements Comparable<Key> {
    private byte[] bytes;
    private int length;

    Key point(byte[] at, int count) {
      bytes = at;
      length = count;
      return this;
    }

    @Override
    public int compareTo(Key other) {
      return Arrays.compareUnsigned(bytes, 0, length, other.bytes, 0, other.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + bytes[i];
      }
      return hash;
    }
  }

  /** A session; its end is exclusive. */
  private static final class Session {
    private long start;
    private long end;
    private final Accumulators.Group group;

    private Session(long start, long end, Accumulators.Group group) {
      this.start = start;
      this.end = end;
      this.group = group;
    }
  }

  /**
   * @param gapMicros the gap of all records; 0 if each has its own
   */
  public SessionWindowFold(long gapMicros, Accumulators layout) {
    this.gapMicros = gapMicros;
    this.layout = layout;
  }

  @Override
  public void add(byte[] group, int groupLength, Object[] arguments, Occurrence occurrence) {
    List<Session> list = groups.get(probe.point(group, groupLength));
    if (list == null) {
      list = new ArrayList<>(1);
      groups.put(new Key().point(Arrays.copyOf(group, groupLength), groupLength), list);
      bytes += groupLength + OBJECT_BYTES;
    }
    long gap = gapMicros > 0 ? gapMicros : occurrence.gapMicros;
    bytes +=
        session(list, occurrence.eventMicros, occurrence.eventMicros + gap)
            .group
            .add(arguments, occurrence);
  }

  @Override
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Run write(RunWriter writer) throws IOException {
    ByteWriter key = new ByteWriter(64);
    ByteWriter value = new ByteWriter(64);
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (Map.Entry<Key, List<Session>> entry : groups.entrySet()) {
      for (Session session : entry.getValue()) {
        key.truncate(0);
        key.writeRaw(entry.getKey().bytes, 0, entry.getKey().length);
        WindowFold.writeTime(session.start, key);
        value.truncate(0);
        value.writeVarint(session.end - session.start);
        session.group.write(value);
        writer.add(key.array(), 0, key.length(), value.array(), 0, value.length());
        min = Math.min(min, session.end);
        max = Math.max(max, session.end);
      }
    }
    RunFile file = writer.finish();
    return new Run(file.file(), file.bytes(), file.crc(), file.entries(), min, max);
  }

  @Override
  public void clear() {
    groups.clear();
    bytes = 0;
  }

  private long sessionBytes() {
    return OBJECT_BYTES + 8L * (layout.longs() + layout.objects());
  }

  /** The session of a record; sessions that the record joins are merged. */
  private Session session(List<Session> list, long eventMicros, long end) {
    int at = list.size();
    // Most records come in order: search from the end.
    while (at > 0 && list.get(at - 1).start > eventMicros) {
      at--;
    }
    if (at > 0 && list.get(at - 1).end >= eventMicros) {
      Session before = list.get(at - 1);
      before.end = Math.max(before.end, end);
      joinAfter(list, at - 1);
      return before;
    }
    if (at < list.size() && list.get(at).start <= end) {
      Session after = list.get(at);
      after.start = eventMicros;
      after.end = Math.max(after.end, end);
      joinAfter(list, at);
      return after;
    }
    Session session = new Session(eventMicros, end, layout.group());
    list.add(at, session);
    bytes += sessionBytes();
    return session;
  }

  /** With gaps of their own, a record can reach several later sessions. */
  private void joinAfter(List<Session> list, int at) {
    Session session = list.get(at);
    while (at + 1 < list.size() && list.get(at + 1).start <= session.end) {
      join(session, list.remove(at + 1));
    }
  }

  private void join(Session session, Session after) {
    bytesOfMerged.truncate(0);
    after.group.write(bytesOfMerged);
    session.group.merge(reader.reset(bytesOfMerged.array(), 0, bytesOfMerged.length()));
    session.end = Math.max(session.end, after.end);
    bytes -= sessionBytes();
  }
}
