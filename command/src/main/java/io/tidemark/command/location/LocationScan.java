package io.tidemark.command.location;

import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.BatchOwner;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.EntryCheck;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.command.error.CommandErrors;
import io.tidemark.common.TidemarkException;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All files of a checkpoint location, each read if it can be: a file that cannot be read is a
 * {@link Damage}, and the scan continues. Reads only.
 */
public final class LocationScan {

  /** The logs, in the order in which a batch goes through them. */
  public static final List<String> DIRECTORIES =
      List.of(
          "segments", "batches", "voids", "offsets", "commits", "sessions", "attempts", "owners");

  private final MaintainedStorage storage;
  private final CheckpointLocation checkpoint;
  private final String queryId;
  private final SortedMap<Long, Batch> plans = new TreeMap<>();

  /** Void plans, for which {@link #plans} has the stand-ins. */
  private final SortedMap<Long, Batch> voidPlans = new TreeMap<>();

  private final SortedSet<Long> offsets = new TreeSet<>();
  private final SortedMap<Long, Long> commits = new TreeMap<>();
  private final SortedMap<SegmentId, Segment> segments = new TreeMap<>();
  private final SortedSet<SessionId> sessions = new TreeSet<>();
  private final SortedMap<String, String> attempts = new TreeMap<>();
  private Optional<OwnerLog.Owner> owner = Optional.empty();
  private long ownerNumber = -1;
  private final List<Damage> damages = new ArrayList<>();
  private final List<Damage> temporary = new ArrayList<>();

  private LocationScan(MaintainedStorage storage, String queryId) {
    this.storage = storage;
    this.checkpoint = new CheckpointLocation(storage);
    this.queryId = queryId;
  }

  /**
   * Reads the location.
   *
   * @throws TidemarkException when there is none
   */
  public static LocationScan of(MaintainedStorage storage) throws IOException {
    if (storage.read("metadata").isEmpty()) {
      throw CommandErrors.noLocation(storage.location());
    }
    Optional<String> damaged = new EntryCheck(storage).problem("", "metadata");
    LocationScan scan =
        new LocationScan(
            storage, damaged.isPresent() ? "" : new CheckpointLocation(storage).queryId());
    damaged.ifPresent(why -> scan.damages.add(new Damage("", "metadata", 0, why)));
    for (String directory : DIRECTORIES) {
      scan.read(directory);
    }
    scan.missing();
    for (String operator : storage.directories("state")) {
      scan.leftOver("state/" + operator);
    }
    return scan;
  }

  private void read(String directory) throws IOException {
    leftOver(directory);
    EntryCheck check = new EntryCheck(storage);
    for (StoredFile file : storage.files(directory)) {
      // No log reads hidden files, such as Hadoop's checksums of Spark's entries.
      if (file.name().startsWith(".")) {
        continue;
      }
      Optional<String> problem = check.problem(directory, file.name());
      if (problem.isEmpty() && contradicts(directory, file.name())) {
        problem = Optional.of("it is not what batches/" + file.name() + " says");
      }
      if (problem.isPresent()) {
        damages.add(new Damage(directory, file.name(), file.bytes(), problem.get()));
      } else {
        take(directory, file);
      }
    }
  }

  private void leftOver(String directory) throws IOException {
    for (StoredFile file : storage.files(directory)) {
      if (file.isTemporary()) {
        temporary.add(
            new Damage(directory, file.name(), file.bytes(), "its writer died before it was done"));
      }
    }
  }

  /** Finds missing entries that a start needs. */
  private void missing() throws IOException {
    EntryCheck check = new EntryCheck(storage);
    long newest = newestCommitted();
    Optional<String> path = check.missing(newest + 1, false);
    if (path.isEmpty() && newest >= 0) {
      path = check.missing(newest, true);
    }
    path.ifPresent(
        of -> {
          int slash = of.indexOf('/');
          damages.add(
              new Damage(of.substring(0, slash), of.substring(slash + 1), 0, Damage.MISSING));
        });
  }

  /** Spark's formats have no checksum, but the content of these files follows from the plan. */
  private boolean contradicts(String directory, String name) throws IOException {
    if (!directory.equals("offsets") && !directory.equals("commits")) {
      return false;
    }
    long number = Long.parseLong(name);
    Batch plan = plans.get(number);
    if (plan == null) {
      return false;
    }
    return directory.equals("offsets")
        ? checkpoint
            .offsets()
            .read(number)
            .filter(entry -> !entry.isOfSpark() && !entry.agreesWith(plan))
            // The entry of a void plan stays until its stand-in has an entry.
            .filter(entry -> !plan.isStandIn() || !agreesWithVoid(entry, number))
            .isPresent()
        : checkpoint
            .commits()
            .read(number)
            .filter(entry -> !entry.equals(CommitLog.Entry.of(plan)))
            .isPresent();
  }

  private boolean agreesWithVoid(OffsetLog.Entry entry, long number) {
    Batch plan = voidPlans.get(number);
    return plan != null && entry.agreesWith(plan);
  }

  private void take(String directory, StoredFile file) throws IOException {
    String name = file.name();
    switch (directory) {
      case "segments" -> {
        SegmentId id = SegmentId.parse(name);
        checkpoint.segments().read(id).ifPresent(segment -> segments.put(id, segment));
      }
      case "batches" -> {
        long number = Long.parseLong(name);
        checkpoint.batches().read(number).ifPresent(batch -> plans.put(number, batch));
      }
      case "voids" -> {
        long number = Long.parseLong(name);
        Optional<Batch> standIn = checkpoint.voids().read(number);
        if (standIn.isPresent()) {
          Batch plan = plans.put(number, standIn.get());
          if (plan != null) {
            voidPlans.put(number, plan);
          }
        }
      }
      case "offsets" -> {
        long number = Long.parseLong(name);
        offsets.add(number);
        Optional<OffsetLog.Entry> entry = checkpoint.offsets().read(number);
        Batch plan = plans.get(number);
        if (plan != null
            && entry.isPresent()
            && entry.get().isOfSpark()
            && !entry.get().agreesWith(plan)) {
          // Spark planned the batch differently, so the plan is void.
          plans.remove(number);
        }
      }
      case "commits" -> commits.put(Long.parseLong(name), file.modifiedMs());
      case "sessions" -> {
        if (name.indexOf('.') < 0) {
          sessions.add(SessionId.parse(name));
        }
      }
      case "owners" ->
          checkpoint
              .owners()
              .read(Long.parseLong(name))
              .ifPresent(found -> owned(Long.parseLong(name), found));
      default -> {
        Optional<String> table = checkpoint.attempts().table(name);
        table.ifPresent(location -> attempts.put(name, location));
      }
    }
  }

  /** The newest readable entry; each entry is a later owner than the previous one. */
  private void owned(long number, OwnerLog.Owner found) {
    if (number > ownerNumber) {
      ownerNumber = number;
      owner = Optional.of(found);
    }
  }

  public MaintainedStorage storage() {
    return storage;
  }

  /** The logs, for additional reads. */
  public CheckpointLocation checkpoint() {
    return checkpoint;
  }

  /** The query id; empty when its file is damaged. */
  public String queryId() {
    return queryId;
  }

  /** Readable retained plans by batch, with the stand-in in place of a void plan. */
  public SortedMap<Long, Batch> plans() {
    return plans;
  }

  /** Batches with an offset log entry. */
  public SortedSet<Long> offsets() {
    return offsets;
  }

  /** Batches with a commit log entry, and when the entry was written, epoch milliseconds. */
  public SortedMap<Long, Long> commits() {
    return commits;
  }

  /** Segments that can be read. */
  public SortedMap<SegmentId, Segment> segments() {
    return segments;
  }

  /** Registered sessions. */
  public SortedSet<SessionId> sessions() {
    return sessions;
  }

  /** The connector that owns the location; empty when it has no owner entry yet. */
  public Optional<OwnerLog.Owner> owner() {
    return owner;
  }

  /** Entries of {@code attempts/} to the location of the table that they are about. */
  public SortedMap<String, String> attempts() {
    return attempts;
  }

  /** Files without the content their writers wrote. */
  public List<Damage> damages() {
    return damages;
  }

  /** Temporary files that were never renamed. */
  public List<Damage> temporary() {
    return temporary;
  }

  /** The newest committed batch, -1 before the first. */
  public long newestCommitted() {
    return commits.isEmpty() ? -1 : commits.lastKey();
  }

  /**
   * The newest committed batch according to its plan, or to its offset log entry if Spark made it;
   * {@link Batch#NONE} when neither can be read.
   */
  public Batch committed() throws IOException {
    long newest = newestCommitted();
    if (newest < 0 || damages.stream().anyMatch(file -> file.path().equals("batches/" + newest))) {
      return Batch.NONE;
    }
    try {
      return checkpoint.committedBatch(newest).orElse(Batch.NONE);
    } catch (TidemarkException nothingTells) {
      return Batch.NONE;
    }
  }

  /** The newest plan that can be read. */
  public Optional<Batch> newestPlan() {
    return plans.isEmpty() ? Optional.empty() : Optional.of(plans.get(plans.lastKey()));
  }

  /** Segments that no plan has decided about, in order. */
  public List<Segment> waiting() {
    Set<SegmentId> decided = new HashSet<>();
    newestPlan().ifPresent(plan -> decided.addAll(plan.decided()));
    return segments.values().stream().filter(segment -> !decided.contains(segment.id())).toList();
  }

  /** The newest batch that is planned or done, if a Spark query made it. */
  public OptionalLong newestOfSpark() throws IOException {
    long newest = Math.max(newestCommitted(), offsets.isEmpty() ? -1 : offsets.last());
    try {
      return newest >= 0 && checkpoint.owner(newest) instanceof BatchOwner.Spark
          ? OptionalLong.of(newest)
          : OptionalLong.empty();
    } catch (TidemarkException nothingTells) {
      return OptionalLong.empty();
    }
  }

  /** Locations of the tables that sessions have registered; unreadable entries are left out. */
  public Map<SessionId, List<String>> sessionTables() throws IOException {
    if (damages.stream().anyMatch(file -> file.directory().equals("sessions"))) {
      return Map.of();
    }
    return checkpoint.sessions().tables(sessions);
  }

  /** The batch of an entry of {@code attempts/}. */
  public static long batchOf(String entry) {
    return AttemptLog.batch(entry.substring(0, entry.indexOf('.')));
  }
}
