package io.tidemark.connector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Checks the configuration of a connector.
 *
 * @param definition the connector's own keys; Connect adds its own
 * @param vocabulary which keys are the connector's
 * @param crossChecks checks of several values together; they add their problems to the list
 */
public record ConfigCheck(
    ConfigDef definition, Vocabulary vocabulary, BiConsumer<Settings, List<Problem>> crossChecks) {

  private static final String NAME = "name";

  /** The same properties under the connector's own spelling of the keys. */
  public Map<String, String> resolve(Map<String, String> props) {
    return vocabulary.aliases().resolve(props);
  }

  /**
   * Checks a configuration whose single values are all valid.
   *
   * @param props what Connect hands to {@code start}, {@code name} included
   * @param config made of {@link #definition} and {@link #resolve}
   * @throws org.apache.kafka.common.config.ConfigException for the first thing that is wrong;
   *     {@link #validate} finds all
   */
  public void require(Map<String, String> props, AbstractConfig config) {
    if (props.get(NAME) == null) {
      throw Problem.missing(NAME, "the connector must have one.").exception();
    }
    Settings settings =
        new Settings(config.originalsStrings(), new LinkedHashMap<>(config.values()));
    for (Problem problem : problems(props, settings)) {
      throw problem.exception();
    }
  }

  /**
   * Finds everything that the configuration itself shows, each at its key: for {@code
   * Connector.validate}. Unknown keys, pass-through keys and aliases appear only when something is
   * wrong with them.
   */
  public Config validate(Map<String, String> props) {
    Map<String, String> given = resolve(props);
    Map<String, ConfigValue> found = definition.validateAll(given);
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    Map<String, Object> sound = new LinkedHashMap<>();
    for (String key : definition.configKeys().keySet()) {
      ConfigValue value = found.get(key);
      values.put(key, value);
      if (value.errorMessages().isEmpty()) {
        sound.put(key, value.value());
      }
    }
    for (Problem problem : problems(props, new Settings(given, sound))) {
      values
          .computeIfAbsent(problem.key(), ConfigValue::new)
          .addErrorMessage(problem.exception().getMessage());
    }
    return new Config(new ArrayList<>(values.values()));
  }

  private List<Problem> problems(Map<String, String> props, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    vocabulary.check(props.keySet(), problems);
    vocabulary.aliases().check(props, problems);
    crossChecks.accept(settings, problems);
    return problems;
  }
}
