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

/** Where the tables are, and how they are created and changed. */
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
            """
            Location of the one Delta table that takes the records of all topics. Topics with
            different fields then share the columns of one table; for a table per topic, set
            table.base.path instead. Spark's spelling path is accepted.""")
        .add(
            BASE_PATH,
            ConfigDef.Type.STRING,
            null,
            Location.RULE,
            Importance.HIGH,
            "Directory of the tables",
            """
            Directory below which every topic has its own Delta table. One connector then writes any
            number of topics, and each batch is one version of every table that gets rows. Set
            checkpoint.location as well, and do not set table.path.""")
        .add(
            NAME_FORMAT,
            ConfigDef.Type.STRING,
            "${topic}",
            TableNameFormat.RULE,
            Importance.MEDIUM,
            "Name of a table",
            """
            Path of a topic's table relative to table.base.path. Topics that get the same name share
            a table. ${topic} stands for the topic, ${1} for the first group of topics.regex.""")
        .add(
            PARTITION_BY,
            ConfigDef.Type.STRING,
            "",
            PartitionFields.RULE,
            Importance.HIGH,
            "Partition columns",
            """
            Partition columns of the tables that the sink creates. Readers that filter by them skip
            whole directories, but every partition value costs at least one file per commit and
            task. date(column) and hour(column) add a column column_date or column_hour, in UTC. A
            dot is part of the name of a column. Put a name with blanks, commas or parentheses in
            backticks, as in Spark: `date(x)`.""")
        .add(
            AUTO_CREATE,
            ConfigDef.Type.BOOLEAN,
            true,
            Rule.any("true, false"),
            Importance.MEDIUM,
            "Create tables",
            """
            Whether a missing table is created, with the schema of the first records. With false, a
            wrong location is an error and does not become a new table.""")
        .add(
            AMONG_FILES,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.LOW,
            "Create tables among files",
            """
            Whether a table may be created in a directory that has other files. VACUUM of the table
            then deletes these files, because no version of the table names them. Names that begin
            with '_' or '.' do not count.""")
        .add(
            SCHEMA_EVOLUTION,
            ConfigDef.Type.STRING,
            SchemaEvolution.ADD.toString(),
            Rule.oneOf(Arrays.stream(SchemaEvolution.values()).map(Object::toString).toList()),
            Importance.MEDIUM,
            "Schema evolution",
            """
            What happens when a record has a field for which the table has no column. add adds a
            nullable column for every new field; none leaves the table as it is and rejects the
            record.""")
        .add(
            EVOLUTION_NUMBERS,
            ConfigDef.Type.STRING,
            NewNumbers.EXACT.toString(),
            Rule.oneOf(Arrays.stream(NewNumbers.values()).map(Object::toString).toList()),
            Importance.LOW,
            "Types of new number columns",
            """
            Type of a new column for numbers in records without a schema. exact makes a column long
            if its first number is whole, such as 10, and the column then rejects 10.5. double
            makes it double, for producers that write 10.0 as 10, and rejects whole numbers above
            2^53 that a double cannot represent.""");
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
              "has no effect without table.base.path. Set table.base.path, or remove this key."));
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
