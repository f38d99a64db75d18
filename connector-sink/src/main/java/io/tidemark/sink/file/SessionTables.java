package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.SessionId;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Registers each table of a session before the session's first file in it, so that its files can be
 * found after any failure.
 */
public final class SessionTables {

  private final Registry registry;
  private final Set<String> registered = new HashSet<>();
  private SessionId session;

  /** Where tables are registered. */
  @FunctionalInterface
  public interface Registry {

    /** Registers that the session is going to write to the table; may be repeated. */
    void writes(SessionId session, String table) throws IOException;
  }

  public SessionTables(Registry registry) {
    this.registry = registry;
  }

  /** To be called before a file is created. */
  public void beforeFile(SessionId writing, String table) throws IOException {
    if (!writing.equals(session)) {
      session = writing;
      registered.clear();
    }
    if (!registered.contains(table)) {
      registry.writes(writing, table);
      registered.add(table);
    }
  }
}
