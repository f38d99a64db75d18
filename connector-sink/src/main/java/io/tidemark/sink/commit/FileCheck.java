package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.file.DataFiles;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Whether data files can become part of their tables: written for the columns that the table has
 * (invariant I), and present (invariant J). Tables are judged by their newest version seen.
 */
final class FileCheck {

  /** Batches in a row that may lack files which were just written, before that is an error. */
  private static final int MAX_VANISHED = 3;

  private final QueryTables tables;
  private final DataFiles dataFiles;
  private final long freshMs;

  /** Batches in a row that lacked files which were just written. */
  private int vanished;

  /**
   * When files were first checked. Earlier segments may be from an earlier incarnation of the task.
   */
  private long firstMs = Long.MAX_VALUE;

  /**
   * @param freshMs files that this task sealed less than this ago are known to exist
   */
  FileCheck(QueryTables tables, DataFiles dataFiles, long freshMs) {
    this.tables = tables;
    this.dataFiles = dataFiles;
    this.freshMs = freshMs;
  }

  /**
   * The segments that their tables cannot take.
   *
   * @param task whose files are not checked while they are fresh; -1 for none
   */
  UnfitSegments unfit(Batch plan, Collection<Segment> segments, int task, long nowMs)
      throws IOException {
    UnfitSegments unfit = new UnfitSegments();
    firstMs = Math.min(firstMs, nowMs);
    boolean vanishes = false;
    boolean found = false;
    Set<DataFile> replaced = Set.copyOf(plan.replaced());
    for (Segment segment : segments) {
      boolean fresh = nowMs - segment.sealedMs() < freshMs;
      boolean own = segment.id().task() == task && segment.sealedMs() >= firstMs;
      boolean looks = !(fresh && own);
      for (DataFile file : segment.files()) {
        if (replaced.contains(file)) {
          // No table gets it, and a driver that has finished the batch deletes it.
          continue;
        }
        Optional<String> misfit = misfit(plan, file);
        boolean gone = misfit.isEmpty() && looks && !dataFiles.isWhole(file);
        if (gone && fresh && vanished >= MAX_VANISHED) {
          throw CommitErrors.filesNotVisible(segment.id().toString(), file.path());
        }
        vanishes |= gone && fresh;
        found |= looks && !gone;
        if (gone || misfit.isPresent()) {
          unfit.add(segment, misfit.orElse(gone(file)));
          break;
        }
      }
    }
    vanished = vanishes ? vanished + 1 : found ? 0 : vanished;
    return unfit;
  }

  /** Why one of these files cannot become part of its table; empty when all can. */
  Optional<String> problem(Batch plan, Collection<DataFile> files) throws IOException {
    for (DataFile file : files) {
      Optional<String> misfit = misfit(plan, file);
      if (misfit.isPresent()) {
        return misfit;
      }
      if (!dataFiles.isWhole(file)) {
        return Optional.of(gone(file));
      }
    }
    return Optional.empty();
  }

  private Optional<String> misfit(Batch plan, DataFile file) throws IOException {
    return tables
        .find(plan, file.table())
        .flatMap(table -> table.misfit(file.schema()))
        .map(Throwable::getMessage);
  }

  private static String gone(DataFile file) {
    return TidemarkException.message(
        """
        Its data file %s is no longer in the directory of %s, or is not complete. VACUUM removes
        files that no table version names.
        """,
        file.path(), file.table());
  }
}
