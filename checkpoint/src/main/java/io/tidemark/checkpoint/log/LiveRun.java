package io.tidemark.checkpoint.log;

import java.util.List;

/**
 * A run with partial aggregates of open windows.
 *
 * @param batch the first batch in which it is live
 * @param builtFrom the runs that were compacted into it, as long as they are kept; they are read
 *     instead if its file is damaged
 */
public record LiveRun(Run run, long batch, List<Run> builtFrom) {

  public LiveRun {
    builtFrom = List.copyOf(builtFrom);
  }

  /** A run of a segment. */
  public static LiveRun of(Run run, long batch) {
    return new LiveRun(run, batch, List.of());
  }
}
