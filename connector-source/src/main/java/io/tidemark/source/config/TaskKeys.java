package io.tidemark.source.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.PositionText;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/** Keys that a connector adds to the configuration of its tasks. */
final class TaskKeys {

  static final String NUMBER = "tidemark.task.number";
  static final String COUNT = "tidemark.tasks.count";
  static final String STARTS = "tidemark.starting.positions";

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
            "Number of the task among those of the connector, from 0.")
        .addInternal(
            COUNT,
            ConfigDef.Type.INT,
            1,
            Rule.atLeast(1),
            "How many tasks the connector may run; it decides with the number what the task reads.")
        .addInternal(
            STARTS,
            ConfigDef.Type.LIST,
            List.of(),
            Rule.of(
                "positions",
                value ->
                    ((List<?>) value)
                            .stream()
                                .allMatch(text -> PositionText.parse((String) text).isPresent())
                        ? Optional.empty()
                        : Optional.of("must be positions")),
            "Where each table is read from if nothing of it has been read, so that all tasks "
                + "start at the same version.");
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

  static String text(List<Position> positions) {
    return String.join(",", positions.stream().map(PositionText::of).toList());
  }

  static Position position(String text) {
    return PositionText.parse(text).orElseThrow();
  }
}
