package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The sessions that may have left data files behind. A session is registered before its first
 * segment, and every table before the session's first file in it, so that the files of one that
 * died can be found:
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
        sessions.add(SessionId.parse(name));
      }
    }
    return sessions;
  }

  /** Locations of the tables that the session may have written to. */
  public List<String> tables(SessionId session) throws IOException {
    List<String> tables = new ArrayList<>();
    for (String name : storage.list(DIRECTORY)) {
      if (name.startsWith(session + ".")) {
        Optional<byte[]> content = storage.read(path(name));
        if (content.isPresent()) {
          String file = path(name) + " of " + storage.location();
          tables.add(Json.required(ChecksummedJson.decode(file, content.get()), "table").asText());
        }
      }
    }
    return tables;
  }

  /** Forgets a session of which nothing is left; its own entry goes last. */
  public void forget(SessionId session) throws IOException {
    for (String name : storage.list(DIRECTORY)) {
      if (name.startsWith(session + ".")) {
        storage.delete(path(name));
      }
    }
    storage.delete(path(session.toString()));
  }

  private void create(String name, ObjectNode entry) throws IOException {
    if (!ExclusiveFile.create(storage, path(name), ChecksummedJson.encode(entry))) {
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
