package io.tidemark.sink.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Where the tables and the checkpoint location are, and how tables come to be and change. */
final class TableKeys {

  static final String PATH = "table.path";
  static final String BASE_PATH = "table.base.path";
  static final String NAME_FORMAT = "table.name.format";
  static final String CHECKPOINT_LOCATION = "checkpoint.location";
  static final String PARTITION_BY = "table.partition.by";
  static final String AUTO_CREATE = "table.auto.create";
  static final String SCHEMA_EVOLUTION = "schema.evolution";

  static final String TOPICS_REGEX = "topics.regex";
  static final String GROUP = "Tables";

  private static final Pattern DIRECTORY_NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]+");

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
            "Location of the one Delta table that takes the records of all topics. "
                + "Simple, but topics with different fields share the columns of one table; "
                + "set table.base.path instead for a table per topic. "
                + "Spark's spelling path is accepted.")
        .add(
            BASE_PATH,
            ConfigDef.Type.STRING,
            null,
            Location.RULE,
            Importance.HIGH,
            "Directory of the tables",
            "Directory below which every topic has a Delta table of its own. "
                + "One connector then serves any number of topics, and each batch is one version "
                + "in every table that got rows; checkpoint.location must be set. "
                + "Excludes table.path.")
        .add(
            NAME_FORMAT,
            ConfigDef.Type.STRING,
            "${topic}",
            TableNameFormat.RULE,
            Importance.MEDIUM,
            "Name of a table",
            "Path of a topic's table relative to table.base.path. "
                + "Topics that get the same name share a table. "
                + "${topic} stands for the topic, ${1} for the first group of topics.regex.")
        .add(
            CHECKPOINT_LOCATION,
            ConfigDef.Type.STRING,
            null,
            Location.RULE,
            Importance.HIGH,
            "Checkpoint location",
            "Directory of the offset log, the commit log and what else the tasks share. "
                + "It decides where the connector continues, whatever the consumer group says, so "
                + "it must outlive the connector and belong to it alone. Default with table.path: "
                + "_tidemark/<connector name> inside the table; required with table.base.path. "
                + "Spark's spelling checkpointLocation is accepted.")
        .add(
            PARTITION_BY,
            ConfigDef.Type.LIST,
            List.of(),
            PartitionTerm.LIST_RULE,
            Importance.HIGH,
            "Partition columns",
            "Partition columns of the tables that the sink creates. "
                + "Readers that filter by them skip whole directories, but every partition value "
                + "costs at least one file per commit and task. Column names; date(column) and "
                + "hour(column) add a column column_date or column_hour, in UTC.")
        .add(
            AUTO_CREATE,
            ConfigDef.Type.BOOLEAN,
            true,
            Rule.any("true, false"),
            Importance.MEDIUM,
            "Create tables",
            "Whether a missing table is created, with the schema of the first records. "
                + "Off, a mistyped location is an error instead of a new table.")
        .add(
            SCHEMA_EVOLUTION,
            ConfigDef.Type.STRING,
            SchemaEvolution.ADD.toString(),
            Rule.oneOf(Arrays.stream(SchemaEvolution.values()).map(Object::toString).toList()),
            Importance.MEDIUM,
            "Schema evolution",
            "What happens when a record has a field that the table has not. "
                + "add takes every new field of the producers into the table, as a nullable "
                + "column; none protects the table and makes it an error of the record.");
  }

  static void check(Settings settings, List<Problem> problems) {
    boolean one = settings.isGiven(PATH);
    boolean named = settings.isGiven(BASE_PATH);
    if (!one && !named) {
      problems.add(Problem.missing(PATH, "set it, or table.base.path for a table per topic."));
    }
    if (one && named) {
      problems.add(
          Problem.invalid(
              BASE_PATH,
              settings.value(BASE_PATH, String.class).orElse("[hidden]"),
              "table.path is set too. Keep table.path for one table, or table.base.path for a "
                  + "table per topic."));
    }
    if (settings.isGiven(NAME_FORMAT) && !named) {
      problems.add(
          Problem.invalid(
              NAME_FORMAT,
              settings.given().get(NAME_FORMAT),
              "means nothing without table.base.path. Set that, or remove this."));
    }
    settings
        .value(NAME_FORMAT, String.class)
        .filter(format -> named)
        .ifPresent(format -> checkGroups(format, settings, problems));
    checkCheckpointLocation(settings, problems);
  }

  private static void checkGroups(String format, Settings settings, List<Problem> problems) {
    int highest = new TableNameFormat(format, Optional.empty()).highestGroup();
    if (highest == 0) {
      return;
    }
    if (!settings.isGiven(TOPICS_REGEX)) {
      problems.add(
          Problem.invalid(
              NAME_FORMAT, format, "${" + highest + "} needs topics.regex. Use ${topic}."));
      return;
    }
    try {
      int groups = Pattern.compile(settings.given().get(TOPICS_REGEX)).matcher("").groupCount();
      if (highest > groups) {
        problems.add(
            Problem.invalid(
                NAME_FORMAT,
                format,
                "topics.regex has " + groups + " groups, so there is no ${" + highest + "}."));
      }
    } catch (PatternSyntaxException malformed) {
      // Connect itself refuses such a topics.regex, at that key.
    }
  }

  private static void checkCheckpointLocation(Settings settings, List<Problem> problems) {
    if (!settings.isGiven(CHECKPOINT_LOCATION)) {
      if (settings.isGiven(BASE_PATH)) {
        problems.add(
            Problem.missing(
                CHECKPOINT_LOCATION,
                "with table.base.path there is no default. Set it to a directory of this "
                    + "connector alone."));
      } else {
        settings
            .text(TaskKeys.NAME)
            .filter(name -> !DIRECTORY_NAME.matcher(name).matches())
            .ifPresent(
                name ->
                    problems.add(
                        Problem.missing(
                            CHECKPOINT_LOCATION,
                            "the default needs a connector name that can name a directory. Set "
                                + "it, or use only letters, digits, '.', '_' and '-' in the "
                                + "name.")));
      }
      return;
    }
    Optional<String> location = settings.value(CHECKPOINT_LOCATION, String.class);
    Optional<String> table = settings.value(PATH, String.class);
    if (location.isPresent()
        && table.isPresent()
        && Location.below(location.get(), table.get()).filter(TableKeys::isTableData).isPresent()) {
      problems.add(
          Problem.invalid(
              CHECKPOINT_LOCATION,
              location.get(),
              "VACUUM would delete it, since it lies among the data files of the table. Begin its "
                  + "directory in the table with '_', or move it out of the table."));
    }
  }

  /**
   * Delta takes all that does not begin with an underscore or a dot for data; its log is its own.
   */
  private static boolean isTableData(String pathInTable) {
    return !(pathInTable.startsWith("_") || pathInTable.startsWith("."))
        || pathInTable.equals("_delta_log")
        || pathInTable.startsWith("_delta_log/");
  }
}
