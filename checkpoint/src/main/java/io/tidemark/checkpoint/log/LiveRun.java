package io.tidemark.checkpoint.log;

import java.util.List;

/**
 * A run that holds partials of windows that are open.
 *
 * @param batch the batch from which on it is live
 * @param builtFrom the runs that were compacted into it, while they are kept: what to read instead
 *     should its file be damaged
 */
public record LiveRun(Run run, long batch, List<Run> builtFrom) {

  public LiveRun {
    builtFrom = List.copyOf(builtFrom);
  }

  /** A run as a segment brought it. */
  public static LiveRun of(Run run, long batch) {
    return new LiveRun(run, batch, List.of());
  }
}
