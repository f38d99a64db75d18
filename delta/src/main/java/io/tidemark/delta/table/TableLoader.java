package io.tidemark.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.exceptions.KernelException;
import io.tidemark.delta.kernel.KernelCommits;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.KernelSnapshots;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the versions of one table, from its log and from our commits. */
final class TableLoader {

  private static final Logger LOG = LoggerFactory.getLogger(TableLoader.class);

  private final TableLog log;
  private final KernelCommits commits;
  private final KernelSnapshots snapshots;

  /**
   * @param engineInfo name and version of the writer
   */
  TableLoader(TableLog log, String engineInfo) {
    this.log = log;
    this.commits = new KernelCommits(log, engineInfo);
    this.snapshots = new KernelSnapshots(log);
  }

  TableLog log() {
    return log;
  }

  KernelCommits commits() {
    return commits;
  }

  /** The newest version, or empty when there is no table. */
  Optional<TableVersion> load() throws IOException {
    Optional<KernelSnapshot> newest = snapshots.load();
    return newest.isPresent() ? Optional.of(version(newest.get())) : Optional.empty();
  }

  /** The newest version, read from the commits after {@code known}; empty without a table. */
  Optional<TableVersion> advance(TableVersion known) throws IOException {
    Optional<KernelSnapshot> newest = snapshots.advance(known.snapshot());
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(newest.get() == known.snapshot() ? known : version(newest.get()));
  }

  /** The first version of a table that was just created. */
  Optional<TableVersion> first(TransactionCommitResult result) throws IOException {
    Optional<KernelSnapshot> made = commits.made(result);
    return made.isPresent() ? Optional.of(version(made.get())) : load();
  }

  /**
   * The version after our commit. A failure here is only logged, because the commit is complete.
   *
   * @param base the version under the commit; returned when no newer version can be loaded
   */
  TableVersion after(TableVersion base, TransactionCommitResult result) {
    try {
      Optional<KernelSnapshot> made = commits.made(result);
      return made.isPresent() ? version(made.get()) : advance(base).orElse(base);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Table {}: cannot load version {} after its commit; the next commit reads the log again",
          log.location(),
          result.getVersion(),
          e);
      return base;
    }
  }

  /** Kernel parses the schema late, and its error names the unknown type but not the column. */
  private TableVersion version(KernelSnapshot snapshot) throws IOException {
    try {
      return log.border()
          .call(
              () -> new TableVersion(snapshot),
              KernelException.class,
              IllegalArgumentException.class);
    } catch (KernelException | IllegalArgumentException e) {
      throw SchemaText.unknownType(snapshot.definition().schemaString())
          .map(
              column ->
                  TableErrors.unsupportedType(log.location(), column.getKey(), column.getValue()))
          .orElseGet(() -> log.border().refusal(e));
    }
  }
}
