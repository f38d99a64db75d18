package io.tidemark.command.inspect;

import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import java.util.List;

/**
 * A session that may have left files.
 *
 * @param waiting how many of its segments wait
 * @param tables that it has registered
 */
public record SessionView(SessionId id, SessionState state, int waiting, List<String> tables) {}
