package io.tidemark.command.repair;

import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.command.location.Damage;
import io.tidemark.command.location.LocationScan;
import io.tidemark.delta.read.QueryLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Finds the remedy for each damaged file of a location. Reads only. */
public final class Remedies {

  private static final String NUMBER = "0|[1-9][0-9]{0,17}";
  private static final String BACKUP =
      " Restore it from a backup of the location; if there is none, start over";

  private final LocationScan scan;
  private final TableWitness tables;
  private OptionalLong returnsTo = OptionalLong.empty();

  public Remedies(LocationScan scan, QueryLogs logs) {
    this.scan = scan;
    this.tables = new TableWitness(scan, logs);
  }

  /** A remedy for every file that needs one. */
  public List<Remedy> find() throws IOException {
    List<Remedy> remedies = new ArrayList<>();
    for (Damage file : scan.damages()) {
      remedies.add(remedy(file));
      if (isPlannedAgain(file)) {
        withItsPlan(file.name()).ifPresent(remedies::add);
      }
    }
    for (Damage file : scan.temporary()) {
      remedies.add(
          Remedy.setAside(file, "its writer died before it was done; nothing ever read it"));
    }
    RunRemedies runs =
        new RunRemedies(
            scan, remedies.stream().noneMatch(remedy -> remedy.act() == Remedy.Act.LEAVE));
    remedies.addAll(runs.find());
    returnsTo = runs.returnsTo();
    return remedies;
  }

  /** The batch to return to after all remedies are carried out; empty when that is not needed. */
  public OptionalLong returnsTo() {
    return returnsTo;
  }

  private Remedy remedy(Damage file) throws IOException {
    if (file.why().contains("newer release")) {
      return Remedy.leave(file, "run the release that wrote it");
    }
    return switch (file.directory()) {
      case "offsets" -> numbered(file, this::offsets);
      case "commits" -> numbered(file, this::commits);
      case "batches", "voids" -> numbered(file, this::batches);
      case "segments" -> segment(file);
      case "sessions" -> session(file);
      case "attempts" -> attempt(file);
      case "owners" ->
          Remedy.setAside(
              file, "the previous entry counts, or else the connector that starts next");
      default ->
          Remedy.leave(
              file, "it has the query id, which tables name as queryId in their history." + BACKUP);
    };
  }

  /** Whether it is a plan that no table has and that is set aside. */
  private boolean isPlannedAgain(Damage file) throws IOException {
    return file.directory().equals("batches")
        && file.name().matches(NUMBER)
        && Long.parseLong(file.name()) > scan.newestCommitted()
        && tables.with(Long.parseLong(file.name())).isEmpty();
  }

  /** The offset log entry of such a plan: it does not match any other plan. */
  private Optional<Remedy> withItsPlan(String number) throws IOException {
    // An entry of Spark stays: it defines where the batch ends, for the connector too.
    return scan.offsets().contains(Long.parseLong(number))
            && !scan.checkpoint()
                .offsets()
                .read(Long.parseLong(number))
                .map(OffsetLog.Entry::isOfSpark)
                .orElse(true)
        ? Optional.of(
            Remedy.setAside(
                new Damage("offsets", number, 0, "its plan is damaged"),
                "it follows from batches/" + number + ", which is planned again"))
        : Optional.empty();
  }

  private interface Numbered {
    Remedy remedy(Damage file, long number) throws IOException;
  }

  private static Remedy numbered(Damage file, Numbered log) throws IOException {
    return file.name().matches(NUMBER)
        ? log.remedy(file, Long.parseLong(file.name()))
        : Remedy.setAside(file, "no entry has such a name");
  }

  private Remedy offsets(Damage file, long number) throws IOException {
    Batch plan = scan.plans().get(number);
    for (Damage other : scan.damages()) {
      if (other.path().equals("batches/" + number) && isPlannedAgain(other)) {
        return Remedy.setAside(file, "its batch is planned again");
      }
    }
    if (plan != null && tables.proves(plan, number <= scan.newestCommitted())) {
      return Remedy.restore(
          file,
          "it follows from batches/" + number,
          () -> scan.checkpoint().offsets().create(number, OffsetLog.Entry.of(plan, conf(number))));
    }
    if (isFollowed(number)) {
      return Remedy.setAside(file, "its batch is committed, and later ones do not need it");
    }
    if (number > scan.newestCommitted() && plan == null && tables.with(number).isEmpty()) {
      return Remedy.setAside(file, "no table has the batch: it is planned again");
    }
    return Remedy.leave(
        file,
        plan == null
            ? "there is no plan from which it could be written again." + BACKUP
            : "no table proves that batches/"
                + number
                + " was carried out: Spark may have written another plan for the batch."
                + BACKUP);
  }

  /**
   * Whether a later batch of the connector is committed: its plan contains all earlier decisions.
   */
  private boolean isFollowed(long number) {
    return number < scan.newestCommitted()
        && !scan.plans().subMap(number + 1, scan.newestCommitted() + 1).isEmpty();
  }

  /** The settings of the previous entry, which Spark requires to be the same. */
  private Map<String, String> conf(long number) throws IOException {
    return scan.damages().stream().anyMatch(other -> other.path().equals("offsets/" + (number - 1)))
        ? Map.of()
        : scan.checkpoint()
            .offsets()
            .read(number - 1)
            .<Map<String, String>>map(OffsetLog.Entry::conf)
            .orElse(Map.of());
  }

  private Remedy commits(Damage file, long number) {
    Batch plan = scan.plans().get(number);
    if (plan != null) {
      return Remedy.restore(
          file,
          "it follows from batches/"
              + number
              + "; it is created only when every table has the batch",
          () -> scan.checkpoint().commits().create(number, CommitLog.Entry.of(plan)));
    }
    return Remedy.leave(file, "there is no plan from which it could be written again." + BACKUP);
  }

  private Remedy batches(Damage file, long number) throws IOException {
    if (isFollowed(number)) {
      return Remedy.setAside(file, "its batch is committed, and later plans do not need it");
    }
    Optional<String> table = tables.with(number);
    if (number <= scan.newestCommitted()) {
      return isUnheardOf(file, number) && table.isEmpty()
          ? Remedy.setAside(
              new Damage("commits", file.name(), 0, "no other file names the batch"),
              "no table has the batch, and its plan is not known")
          : Remedy.leave(
              file,
              "it is the newest committed batch"
                  + (number == scan.newestCommitted() ? "" : " of the connector's")
                  + ": no other file has its sessions and state."
                  + BACKUP);
    }
    return table.isPresent()
        ? Remedy.leave(
            file, table.get() + " has the batch already, other tables may not have it." + BACKUP)
        : Remedy.setAside(
            file, "no table has the batch: it is planned again from the same segments");
  }

  /** Whether a batch has nothing but a commit log entry. */
  private boolean isUnheardOf(Damage file, long number) {
    return file.why().equals(Damage.MISSING)
        && !scan.offsets().contains(number)
        && scan.damages().stream().noneMatch(other -> other.path().equals("offsets/" + number));
  }

  private Remedy segment(Damage file) {
    Optional<SegmentId> id = SegmentId.tryParse(file.name());
    if (id.isEmpty()) {
      return Remedy.setAside(file, "no segment has such a name");
    }
    for (Batch plan : scan.plans().tailMap(scan.newestCommitted() + 1).values()) {
      if (plan.accepted().contains(id.get())) {
        return Remedy.leave(
            file, "batch " + plan.number() + " is planned with it and is not committed." + BACKUP);
      }
    }
    Batch newest = scan.newestPlan().orElse(Batch.NONE);
    if (newest.decided().contains(id.get())
        || id.get().sequence() <= newest.session(id.get().session()).accepted()) {
      return Remedy.setAside(file, "a committed batch has decided about it");
    }
    return Remedy.setAside(
        file,
        "no batch has decided about it: its records, and those that its task sealed later, are"
            + " read again once the connector is restarted, if Kafka still has them");
  }

  private Remedy session(Damage file) {
    String name = file.name();
    int dot = name.indexOf('.');
    SessionId session;
    try {
      session = SessionId.parse(dot < 0 ? name : name.substring(0, dot));
    } catch (IllegalArgumentException e) {
      return Remedy.setAside(file, "no session has such a name");
    }
    if (dot < 0) {
      return Remedy.restore(
          file, "its name is its whole content", () -> scan.checkpoint().sessions().open(session));
    }
    return tableOf(name.substring(dot + 1))
        .map(
            table ->
                Remedy.restore(
                    file,
                    "its name says that it is about " + table,
                    () -> scan.checkpoint().sessions().writes(session, table)))
        .orElseGet(() -> unknownTable(file));
  }

  private Remedy attempt(Damage file) {
    String name = file.name();
    int dot = name.indexOf('.');
    if (dot < 0 || !name.substring(0, dot).matches("[0-9]{10}-[0-9a-f]+-[0-9]{2,}")) {
      return Remedy.setAside(file, "no attempt has such a name");
    }
    AttemptLog attempts = scan.checkpoint().attempts();
    return tableOf(name.substring(dot + 1))
        .map(
            table ->
                Remedy.restore(
                    file,
                    "its name says that it is about " + table,
                    () -> attempts.writes(name.substring(0, dot), table)))
        .orElseGet(() -> unknownTable(file));
  }

  private static Remedy unknownTable(Damage file) {
    return Remedy.setAside(
        file, "it says where orphans may be, in a table that no plan names; VACUUM removes them");
  }

  /** The table for a hash in a file's name, among those that the newest plan names. */
  private Optional<String> tableOf(String hash) {
    Map<String, String> tables = scan.newestPlan().orElse(Batch.NONE).tables();
    return tables.keySet().stream()
        .filter(
            table ->
                UUID.nameUUIDFromBytes(table.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .replace("-", "")
                    .equals(hash))
        .findFirst();
  }
}
