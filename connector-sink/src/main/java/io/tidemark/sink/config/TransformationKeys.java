package io.tidemark.sink.config;

import io.tidemark.connector.Problem;
import io.tidemark.connector.Settings;
import io.tidemark.transforms.DropDuplicates;
import io.tidemark.transforms.WindowedAggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.config.UpdateKeys;
import io.tidemark.windows.config.WindowedAggregateConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * The transformations in front of the sink that have an operator in it: windowed aggregates, or one
 * that drops duplicates.
 */
final class TransformationKeys {

  static final String TRANSFORMS = "transforms";

  private static final String TYPE = "type";
  private static final String PREDICATE = "predicate";

  /** Names of directories that every file system accepts. */
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  /** How Kafka's own messages name the key. */
  private static final Pattern NAMED = Pattern.compile("configuration \"?([a-z.]+[a-z])");

  private TransformationKeys() {}

  /**
   * A transformation with an operator.
   *
   * @param isDistinct whether it drops duplicates
   * @param configuration as Connect hands it to the transformation
   */
  record Windowed(String alias, boolean isDistinct, Map<String, String> configuration) {
    Aggregation aggregation() {
      return isDistinct
          ? new DropDuplicatesConfig(configuration).aggregation(alias)
          : new WindowedAggregateConfig(configuration).aggregation(alias);
    }

    String type() {
      return (isDistinct ? DropDuplicates.class : WindowedAggregate.class).getSimpleName();
    }

    Set<String> keys() {
      return isDistinct ? DropDuplicatesConfig.keys() : WindowedAggregateConfig.keys();
    }
  }

  /** The transformations with an operator, in the order of the chain. */
  static List<Windowed> windowed(Map<String, String> props) {
    List<Windowed> found = new ArrayList<>();
    for (String alias : aliases(props)) {
      String type = props.get(key(alias, TYPE));
      boolean isDistinct = is(DropDuplicates.class, type);
      if (isDistinct || is(WindowedAggregate.class, type)) {
        found.add(new Windowed(alias, isDistinct, configuration(props, alias)));
      }
    }
    return found;
  }

  /** Adds a problem for each thing that is wrong, at its key. */
  static void check(Settings settings, List<Problem> problems) {
    Map<String, String> props = settings.given();
    List<String> aliases = aliases(props);
    List<Windowed> windowed = windowed(props);
    Map<Map<String, String>, String> known = new HashMap<>();
    for (Windowed transformation : windowed) {
      checkOne(transformation, settings, problems);
      String twin = known.putIfAbsent(transformation.configuration(), transformation.alias());
      if (twin != null) {
        problems.add(
            Problem.invalid(
                key(transformation.alias(), TYPE),
                props.get(key(transformation.alias(), TYPE)),
                "has the same configuration as transforms."
                    + twin
                    + ", so that their records cannot be distinguished. Remove one of the two."));
      }
    }
    checkForwarding(windowed, settings, problems);
    checkAlone(windowed, props, problems);
    Optional<Windowed> ours = Optional.empty();
    for (String alias : aliases) {
      Optional<Windowed> own =
          windowed.stream().filter(any -> any.alias().equals(alias)).findFirst();
      if (ours.isPresent() && own.isEmpty()) {
        problems.add(
            Problem.invalid(
                key(alias, TYPE),
                props.get(key(alias, TYPE)),
                ours.get().isDistinct()
                    ? "must not come after DropDuplicates, which has to see the records as the sink"
                        + " gets them. Put it before DropDuplicates."
                    : "must not come after WindowedAggregate, because its rows do not pass through"
                        + " transformations. Put it before WindowedAggregate."));
      }
      ours = own.isPresent() ? own : ours;
    }
  }

  /** Windows would have the records that are dropped after all. */
  private static void checkAlone(
      List<Windowed> windowed, Map<String, String> props, List<Problem> problems) {
    for (Windowed transformation : windowed) {
      if (transformation.isDistinct() && windowed.size() > 1) {
        problems.add(
            Problem.invalid(
                key(transformation.alias(), TYPE),
                props.get(key(transformation.alias(), TYPE)),
                "must be the only DropDuplicates or WindowedAggregate of the connector: which"
                    + " records are dropped is decided at the commit, and windows would hold them."
                    + " Use two connectors: one that drops duplicates, and after an"
                    + " io.tidemark.source.DeltaSourceConnector that reads its table into a topic,"
                    + " one that aggregates the topic."));
      }
    }
  }

  /** A transformation that takes every record and forwards none leaves later ones without any. */
  private static void checkForwarding(
      List<Windowed> windowed, Settings settings, List<Problem> problems) {
    for (Windowed transformation : windowed.subList(0, Math.max(0, windowed.size() - 1))) {
      if (transformation.isDistinct()) {
        continue;
      }
      String alias = transformation.alias();
      String key = key(alias, WindowedAggregateConfig.FORWARD_INPUT);
      String given = settings.given().get(key);
      if (!settings.isGiven(key(alias, PREDICATE))
          && (given == null || given.trim().equalsIgnoreCase("false"))) {
        problems.add(
            Problem.invalid(
                key,
                given == null ? "false" : given,
                "must be true if another WindowedAggregate comes after this one. Otherwise that one"
                    + " gets no records."));
      }
    }
  }

  private static void checkOne(Windowed transformation, Settings settings, List<Problem> problems) {
    String alias = transformation.alias();
    if (!SAFE.matcher(alias).matches()) {
      problems.add(
          Problem.invalid(
              TRANSFORMS,
              alias,
              "must consist of letters, digits, dots, hyphens and underscores: the state of this "
                  + transformation.type()
                  + " is kept in a directory of that name."));
    }
    Set<String> unknown = new HashSet<>(transformation.configuration().keySet());
    unknown.removeAll(transformation.keys());
    for (String key : unknown) {
      problems.add(
          Problem.unknown(key(alias, key), ". See docs/reference/transforms-config.md for all."));
    }
    String mode = transformation.configuration().get(WindowedAggregateConfig.OUTPUT_MODE);
    if (!transformation.isDistinct() && UpdateKeys.UPDATE.equalsIgnoreCase(mode)) {
      problems.add(
          Problem.invalid(
              key(alias, WindowedAggregateConfig.OUTPUT_MODE),
              mode,
              "would add a row for each record, and the table never replaces rows. Use append:"
                  + " this sink commits final rows together with their state."));
      return;
    }
    Aggregation aggregation;
    try {
      aggregation = transformation.aggregation();
    } catch (ConfigException e) {
      Matcher named = NAMED.matcher(e.getMessage());
      problems.add(new Problem(key(alias, named.find() ? named.group(1) : TYPE), e));
      return;
    }
    boolean both =
        !transformation.isDistinct()
            && (aggregation.forwardInput() || settings.isGiven(key(alias, PREDICATE)));
    if (both && settings.isGiven(TableKeys.PATH)) {
      problems.add(
          Problem.invalid(
              TableKeys.PATH,
              settings.given().get(TableKeys.PATH),
              "is one table, but transforms."
                  + alias
                  + " also forwards records, which are not rows of windows. Use table.base.path:"
                  + " each topic then has its own table, and the windows have the table of"
                  + " transforms."
                  + alias
                  + ".topic."));
    }
  }

  private static List<String> aliases(Map<String, String> props) {
    List<String> aliases = new ArrayList<>();
    for (String alias : props.getOrDefault(TRANSFORMS, "").split(",", -1)) {
      if (!alias.isBlank()) {
        aliases.add(alias.trim());
      }
    }
    return aliases;
  }

  /** Connect takes a full class name, a simple one, or one without its last word. */
  private static boolean is(Class<?> transformation, String type) {
    String name = type == null ? "" : type.trim();
    return transformation.getName().equals(name) || transformation.getSimpleName().equals(name);
  }

  private static Map<String, String> configuration(Map<String, String> props, String alias) {
    String prefix = key(alias, "");
    Map<String, String> configuration = new TreeMap<>();
    props.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            configuration.put(key.substring(prefix.length()), value);
          }
        });
    return WindowedAggregateConfig.essence(configuration);
  }

  private static String key(String alias, String key) {
    return TRANSFORMS + "." + alias + "." + key;
  }
}
