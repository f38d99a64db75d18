package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The sessions that may have left data files behind. A session is registered before its first
 * segment, and each table before the session's first file in it, so that the files of a session
 * that died can be found:
 *
 * <pre>
 *   sessions/00003-0000002a-0001-5f1c2a9b             {"session":"00003-.."}
 *   sessions/00003-0000002a-0001-5f1c2a9b.7c9e6679..  {"session":"00003-..","table":"/data/orders"}
 * </pre>
 *
 * each framed and checksummed like a segment. Segments of a session that is not registered are
 * void.
 */
public final class SessionLog {

  private static final String DIRECTORY = "sessions";

  private final Storage storage;

  SessionLog(Storage storage) {
    this.storage = storage;
  }

  /**
   * Registers a session; its name must be new.
   *
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public void open(SessionId session) throws IOException {
    create(session.toString(), entry(session));
  }

  /**
   * Registers that the session is going to write to the table at this location.
   *
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public void writes(SessionId session, String table) throws IOException {
    ObjectNode entry = entry(session);
    entry.put("table", table);
    create(session + "." + hash(table), entry);
  }

  /** All registered sessions. */
  public SortedSet<SessionId> sessions() throws IOException {
    SortedSet<SessionId> sessions = new TreeSet<>();
    for (String name : storage.list(DIRECTORY)) {
      if (name.indexOf('.') < 0) {
        SessionId.tryParse(name).ifPresent(session -> sessions.add(session));
      }
    }
    return sessions;
  }

  /** Locations of the tables that these sessions may have written to. */
  public Map<SessionId, List<String>> tables(Set<SessionId> sessions) throws IOException {
    Map<SessionId, List<String>> tables = new TreeMap<>();
    for (String name : storage.list(DIRECTORY)) {
      Optional<SessionId> session = session(name).filter(sessions::contains);
      if (name.indexOf('.') >= 0 && session.isPresent()) {
        table(name)
            .ifPresent(
                table ->
                    tables.computeIfAbsent(session.get(), any -> new ArrayList<>()).add(table));
      }
    }
    return tables;
  }

  /**
   * Location of the table that an entry is about; empty when it names no table, or is gone.
   *
   * @throws IllegalArgumentException when no entry has such a name
   */
  Optional<String> table(String name) throws IOException {
    if (session(name).isEmpty()) {
      throw new IllegalArgumentException("not a session: " + name);
    }
    Optional<byte[]> content = storage.read(path(name));
    String file = path(name) + " of " + storage.location();
    return content.flatMap(
        bytes ->
            ChecksummedJson.read(
                file,
                bytes,
                entry -> {
                  Optional<String> table =
                      entry.has("table")
                          ? Optional.of(Json.text(entry, "table"))
                          : Optional.empty();
                  String named =
                      Json.text(entry, "session") + table.map(of -> "." + hash(of)).orElse("");
                  if (!named.equals(name)) {
                    throw CheckpointErrors.damagedFile(file, "it is the entry of " + named, null);
                  }
                  return table;
                }));
  }

  /** The session of an entry, with or without a table. */
  private static Optional<SessionId> session(String name) {
    int dot = name.indexOf('.');
    return SessionId.tryParse(dot < 0 ? name : name.substring(0, dot));
  }

  /**
   * Deletes the entries of a session that has nothing left; its own entry is deleted last.
   *
   * @param tables all tables that it had registered
   */
  public void forget(SessionId session, List<String> tables) throws IOException {
    for (String table : tables) {
      storage.delete(path(session + "." + hash(table)));
    }
    storage.delete(path(session.toString()));
  }

  private void create(String name, ObjectNode entry) throws IOException {
    if (!ExclusiveFile.createOwn(storage, path(name), ChecksummedJson.encode(entry))) {
      throw CheckpointErrors.damagedFile(
          path(name) + " of " + storage.location(), "it holds another entry", null);
    }
  }

  private static ObjectNode entry(SessionId session) {
    ObjectNode entry = Json.object();
    entry.put("session", session.toString());
    return entry;
  }

  private static String hash(String table) {
    return UUID.nameUUIDFromBytes(table.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private static String path(String name) {
    return DIRECTORY + "/" + name;
  }
}
