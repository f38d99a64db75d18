package io.tidemark.source.config;

import io.tidemark.connector.FileSystems;
import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Location;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.offset.TableShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Which tables are read, and what they give. */
final class TableKeys {

  static final String PATH = "table.path";
  static final String PATHS = "table.paths";
  static final String SHARDS = "table.shards";
  static final String CHANGE_FEED = "read.change.feed";
  static final String IGNORE_DELETES = "ignore.deletes";
  static final String SKIP_CHANGES = "skip.change.commits";
  static final String FAIL_ON_LOSS = "fail.on.data.loss";

  static final String GROUP = "Tables";

  private TableKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            PATH,
            ConfigDef.Type.STRING,
            null,
            Location.RULE,
            Importance.HIGH,
            "Table location",
            "Location of the Delta table to read. "
                + "It is part of the offsets, so another spelling is another table; only extra "
                + "slashes and a leading file: make no difference. "
                + "Spark's spelling path is accepted.")
        .add(
            PATHS,
            ConfigDef.Type.LIST,
            List.of(),
            LOCATIONS,
            Importance.HIGH,
            "Table locations",
            "Locations of several Delta tables to read, instead of table.path. "
                + "One connector then reads them all, with any number of tasks. A table that fails "
                + "also stops the other tables of the same task.")
        .add(
            CHANGE_FEED,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.HIGH,
            "Change feed",
            "Whether inserts, deletes and updates are read, instead of only appended rows. "
                + "Header _delta_change_type distinguishes them, so consumers must read it. "
                + "Spark's spelling readChangeFeed is accepted.")
        .add(
            SKIP_CHANGES,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.MEDIUM,
            "Skip changes",
            "Whether versions that update or delete rows are skipped, instead of failing the "
                + "task. They are skipped completely: rows that a MERGE inserted are not sent "
                + "either. "
                + "Spark's spelling skipChangeCommits is accepted.")
        .add(
            IGNORE_DELETES,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.MEDIUM,
            "Ignore deletes",
            "Whether versions that only remove data files are skipped, instead of failing the "
                + "task. Rows that were sent stay in the topic. "
                + "Spark's spelling ignoreDeletes is accepted.")
        .add(
            FAIL_ON_LOSS,
            ConfigDef.Type.BOOLEAN,
            true,
            Rule.any("true, false"),
            Importance.MEDIUM,
            "Fail on data loss",
            "Whether the task fails when versions or files were removed before they were read, or "
                + "the table was replaced. With false it continues with what is there, and logs and "
                + "counts what it could not read. Spark's spelling failOnDataLoss is accepted.")
        .add(
            SHARDS,
            ConfigDef.Type.INT,
            16,
            Rule.of(
                "a power of two, 256 at most",
                value ->
                    Shards.isPossible((int) value)
                        ? Optional.empty()
                        : Optional.of("must be a power of two, 256 at most")),
            Importance.LOW,
            "Shards of a table",
            "Number of parts into which the files of each table are divided: at most that many "
                + "tasks can read one table. Offsets are stored per shard, so you cannot change it "
                + "once there are offsets; you can change tasks.max at any time.");
  }

  static void check(Settings settings, List<Problem> problems) {
    FileSystems.check(PATH, settings, problems);
    settings
        .value(PATHS, List.class)
        .ifPresent(
            paths ->
                ((List<?>) paths)
                    .forEach(path -> FileSystems.check(PATHS, (String) path, settings, problems)));
    boolean one = settings.isGiven(PATH);
    boolean several = settings.isGiven(PATHS);
    if (!one && !several) {
      problems.add(Problem.missing(PATH, "set it, or table.paths for several tables."));
    }
    if (one && several) {
      problems.add(
          Problem.invalid(
              PATHS,
              "[hidden]",
              "table.path is set too. Keep table.path for one table, or table.paths for several."));
    }
    settings
        .value(PATH, String.class)
        .filter(TableKeys::isList)
        .ifPresent(
            path ->
                problems.add(
                    Problem.invalid(
                        PATH, path, "is a list. Set table.paths to it, and remove table.path.")));
    if (several && locations(settings).isEmpty() && settings.value(PATHS, List.class).isPresent()) {
      problems.add(Problem.invalid(PATHS, "", "must name a table."));
    }
  }

  private static boolean isList(String path) {
    String[] parts = path.split(",", -1);
    return parts.length > 1
        && Arrays.stream(parts).allMatch(part -> Location.RULE.complaint(part.strip()).isEmpty());
  }

  /** The tables in the order of the configuration, as far as they are sound. */
  static List<String> locations(Settings settings) {
    List<String> locations = new ArrayList<>();
    settings.value(PATH, String.class).ifPresent(locations::add);
    settings
        .value(PATHS, List.class)
        .ifPresent(paths -> ((List<?>) paths).forEach(path -> locations.add((String) path)));
    return locations.stream().map(Location::normalise).toList();
  }

  private static final Rule LOCATIONS =
      new Rule() {
        @Override
        public Optional<String> complaint(Object value) {
          LinkedHashSet<String> known = new LinkedHashSet<>();
          for (Object location : (List<?>) value) {
            Optional<String> complaint = Location.RULE.complaint(location);
            if (complaint.isPresent()) {
              return complaint.map(text -> "each location " + text);
            }
            if (!known.add(TableShard.canonical(Location.normalise((String) location)))) {
              return Optional.of("must not name a table twice");
            }
          }
          return Optional.empty();
        }

        @Override
        public String values() {
          return "a list of absolute paths or URIs";
        }

        @Override
        public Object shown(Object value) {
          return ((List<?>) value).stream().map(Location.RULE::shown).toList();
        }
      };
}
