package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** Keys that a connector adds to the configuration of its tasks. */
final class TaskKeys {

  static final String NUMBER = "tidemark.task.number";
  static final String COUNT = "tidemark.tasks.count";

  static final String QUERY_ID = "tidemark.query.id";

  /** Connect's own key. */
  static final String NAME = "name";

  private TaskKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, "")
        .addInternal(
            NUMBER,
            ConfigDef.Type.INT,
            0,
            Rule.atLeast(0),
            "Number of the task within the connector, from 0. It is part of the names of files, "
                + "and orders the drivers.")
        .addInternal(
            COUNT,
            ConfigDef.Type.INT,
            1,
            Rule.atLeast(1),
            "Maximum number of tasks of the connector.")
        .addInternal(
            QUERY_ID,
            ConfigDef.Type.STRING,
            null,
            Rule.any("a query id"),
            "The query id that the connector's worker reads in the checkpoint location. A task "
                + "that reads another query id does not see the same location.");
  }

  static void check(Settings settings, List<Problem> problems) {
    int number = settings.value(NUMBER, Integer.class).orElse(0);
    int count = settings.value(COUNT, Integer.class).orElse(Integer.MAX_VALUE);
    if (number >= count) {
      problems.add(
          Problem.invalid(
              NUMBER,
              number,
              "must be below " + COUNT + ". Remove both: the connector sets them."));
    }
  }
}
