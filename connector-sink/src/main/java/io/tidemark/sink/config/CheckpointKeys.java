package io.tidemark.sink.config;

import io.tidemark.connector.FileSystems;
import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Location;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Where the checkpoint location is, and what it keeps. */
final class CheckpointKeys {

  static final String LOCATION = "checkpoint.location";
  static final String TAKEN_OVER_FROM = "checkpoint.location.taken.over.from";
  static final String RETAIN_BATCHES = "checkpoint.retain.batches";

  static final String AUDIT = "audit.offset.continuity";

  static final String GROUP = "Checkpoint location";

  private static final Pattern DIRECTORY_NAME =
      Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,255}");

  private CheckpointKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            LOCATION,
            ConfigDef.Type.STRING,
            null,
            Location.RULE,
            Importance.HIGH,
            "Checkpoint location",
            """
            Directory of the offset log, the commit log and everything else that the tasks share. It
            decides where the connector continues, and the consumer group's offsets do not. Keep it
            as long as the connector, and do not share it with another connector. Default with
            table.path: _tidemark/<connector name> inside the table; required with table.base.path.
            Spark's spelling checkpointLocation is accepted.""")
        .add(
            TAKEN_OVER_FROM,
            ConfigDef.Type.STRING,
            null,
            Rule.any("the name of a connector"),
            Importance.LOW,
            "Taken over from",
            """
            Name of the connector that used this checkpoint location before. Set it after you rename
            a connector. A location belongs to the first connector that starts on it, until another
            connector names that one here and takes the location over. The former connector then
            fails, if it still runs. You can leave the key set: it has no effect after the
            takeover.""")
        .add(
            RETAIN_BATCHES,
            ConfigDef.Type.INT,
            100,
            Rule.atLeast(2),
            Importance.LOW,
            "Retained batches",
            """
            How many committed batches keep their entries in the checkpoint location. More let you
            look further back after trouble; fewer keep listings short.""")
        .add(
            AUDIT,
            ConfigDef.Type.STRING,
            "log",
            Rule.oneOf(List.of("off", "log", "fail")),
            Importance.LOW,
            "Audit of offsets",
            """
            What happens when the offsets of a batch do not continue those that the table itself
            names last. The connector checks this before each commit. log logs an error and counts
            it in a metric; fail also fails the task before anything is committed; off does not
            check.""");
  }

  static void check(Settings settings, List<Problem> problems) {
    FileSystems.check(LOCATION, settings, problems);
    settings
        .text(TAKEN_OVER_FROM)
        .filter(from -> settings.text(TaskKeys.NAME).filter(from::equals).isPresent())
        .ifPresent(
            from ->
                problems.add(
                    Problem.invalid(
                        TAKEN_OVER_FROM,
                        from,
                        "it is the name of this connector. Remove it, or name the connector that "
                            + "used the location before.")));
    if (!settings.isGiven(LOCATION)) {
      if (settings.isGiven(TableKeys.BASE_PATH)) {
        problems.add(
            Problem.missing(
                LOCATION,
                "with table.base.path there is no default. Set it to a directory that only this "
                    + "connector uses."));
      } else {
        settings
            .text(TaskKeys.NAME)
            .filter(name -> !DIRECTORY_NAME.matcher(name).matches())
            .ifPresent(
                name ->
                    problems.add(
                        Problem.missing(
                            LOCATION,
                            "the default needs a connector name that is valid as the name of a "
                                + "directory. Set it, or use a name of at most 255 letters, "
                                + "digits, '.', '_' and '-'.")));
      }
      return;
    }
    settings
        .value(LOCATION, String.class)
        .ifPresent(location -> checkNeighbours(location, settings, problems));
  }

  private static void checkNeighbours(String location, Settings settings, List<Problem> problems) {
    for (String table : tables(settings)) {
      if (Location.below(location, table).filter(CheckpointKeys::isTableData).isPresent()) {
        problems.add(
            Problem.invalid(
                LOCATION,
                location,
                "it is among the files of the table, where VACUUM would delete it. Begin the "
                    + "name of its directory with '_', or choose a directory outside the table."));
        return;
      }
    }
    for (String key : List.of(TableKeys.PATH, TableKeys.BASE_PATH)) {
      if (settings
          .value(key, String.class)
          .flatMap(tables -> Location.below(tables, location))
          .filter(inside -> !inside.isEmpty() || key.equals(TableKeys.BASE_PATH))
          .isPresent()) {
        problems.add(
            Problem.invalid(
                LOCATION,
                location,
                key
                    + " is inside it, and would be removed together with it. Choose a directory "
                    + "that has no other files."));
      }
    }
  }

  /** The tables whose locations are known before there are records. */
  private static List<String> tables(Settings settings) {
    List<String> tables = new ArrayList<>();
    settings.value(TableKeys.PATH, String.class).ifPresent(tables::add);
    Optional<String> base = settings.value(TableKeys.BASE_PATH, String.class);
    Optional<String> format = settings.value(TableKeys.NAME_FORMAT, String.class);
    if (base.isPresent() && format.isPresent() && TableNameFormat.highestGroup(format.get()) == 0) {
      for (String topic : settings.text(TableKeys.TOPICS).orElse("").split(",", -1)) {
        if (!topic.isBlank()) {
          tables.add(base.get() + "/" + format.get().replace("${topic}", topic.trim()));
        }
      }
    }
    return tables;
  }

  /** Delta treats files as data unless their names begin with an underscore or a dot. */
  private static boolean isTableData(String pathInTable) {
    return !(pathInTable.startsWith("_") || pathInTable.startsWith("."))
        || pathInTable.equals("_delta_log")
        || pathInTable.startsWith("_delta_log/");
  }
}
