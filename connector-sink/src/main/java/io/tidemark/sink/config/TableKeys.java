package io.tidemark.sink.config;

import io.tidemark.connector.FileSystems;
import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Location;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.sink.record.NewNumbers;
import io.tidemark.sink.record.SchemaEvolution;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Where the tables are, and how they come to be and change. */
final class TableKeys {

  static final String PATH = "table.path";
  static final String BASE_PATH = "table.base.path";
  static final String NAME_FORMAT = "table.name.format";
  static final String PARTITION_BY = "table.partition.by";
  static final String AUTO_CREATE = "table.auto.create";
  static final String AMONG_FILES = "table.create.among.files";
  static final String SCHEMA_EVOLUTION = "schema.evolution";
  static final String EVOLUTION_NUMBERS = "schema.evolution.numbers";

  static final String TOPICS = "topics";
  static final String TOPICS_REGEX = "topics.regex";
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
            PARTITION_BY,
            ConfigDef.Type.STRING,
            "",
            PartitionFields.RULE,
            Importance.HIGH,
            "Partition columns",
            "Partition columns of the tables that the sink creates. Readers that filter by them"
                + " skip whole directories, but every partition value costs at least one file per"
                + " commit and task. date(column) and hour(column) add a column column_date or"
                + " column_hour, in UTC. A column is named as a whole, dots included; a name with"
                + " blanks, commas or parentheses goes in backticks, as in Spark: `date(x)`.")
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
            AMONG_FILES,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.LOW,
            "Create tables among files",
            "Whether a table may be created in a directory that has other files. "
                + "On, they are the table's to delete: VACUUM removes what no version names. Names "
                + "that begin with '_' or '.' do not count.")
        .add(
            SCHEMA_EVOLUTION,
            ConfigDef.Type.STRING,
            SchemaEvolution.ADD.toString(),
            Rule.oneOf(Arrays.stream(SchemaEvolution.values()).map(Object::toString).toList()),
            Importance.MEDIUM,
            "Schema evolution",
            "What happens when a record has a field that the table has not. "
                + "add takes every new field of the producers into the table, as a nullable "
                + "column; none protects the table and makes it an error of the record.")
        .add(
            EVOLUTION_NUMBERS,
            ConfigDef.Type.STRING,
            NewNumbers.EXACT.toString(),
            Rule.oneOf(Arrays.stream(NewNumbers.values()).map(Object::toString).toList()),
            Importance.LOW,
            "Types of new number columns",
            "Which type a new column gets for a number of a record without a schema. exact makes "
                + "a column of whole numbers long, which then rejects 10.5 where 10 came first; "
                + "double makes it double, for producers that leave out a fraction of zero, and "
                + "rejects whole numbers beyond 2^53 that a double does not hold.");
  }

  static void check(Settings settings, List<Problem> problems) {
    FileSystems.check(PATH, settings, problems);
    FileSystems.check(BASE_PATH, settings, problems);
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
  }

  private static void checkGroups(String format, Settings settings, List<Problem> problems) {
    int highest = TableNameFormat.highestGroup(format);
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
}
