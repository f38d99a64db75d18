package io.tidemark.connector;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Renders a reference of keys, as Markdown, from the {@link ConfigDef} of a connector. */
public final class ConfigReference {

  private static final String TABLE_HEAD =
      """
      | Key | Default | Values | Meaning |
      |---|---|---|---|
      """;

  private final ConfigDef definition;
  private final Aliases aliases;
  private final List<PassThrough> passThrough;
  private final StringBuilder page;

  private ConfigReference(
      String opening, ConfigDef definition, Aliases aliases, List<PassThrough> passThrough) {
    this.definition = definition;
    this.aliases = aliases;
    this.passThrough = passThrough;
    this.page = new StringBuilder(opening);
  }

  /**
   * The page.
   *
   * @param opening its title and what is said before the keys
   */
  public static String render(
      String opening, ConfigDef definition, Aliases aliases, List<PassThrough> passThrough) {
    ConfigReference reference = new ConfigReference(opening, definition, aliases, passThrough);
    reference.firstKeys();
    definition.groups().stream().filter(group -> !group.isEmpty()).forEach(reference::group);
    reference.aliases();
    reference.internalKeys();
    return reference.page.toString();
  }

  private void firstKeys() {
    page.append("The keys that matter most: ")
        .append(
            definition.configKeys().values().stream()
                .filter(key -> key.importance == Importance.HIGH)
                .map(key -> "[`" + key.name + "`](#" + key.name + ")")
                .collect(Collectors.joining(", ")))
        .append(".\n");
  }

  private void group(String group) {
    page.append("\n## ").append(group).append("\n\n").append(TABLE_HEAD);
    definition.configKeys().values().stream()
        .filter(key -> group.equals(key.group))
        .sorted(Comparator.comparingInt(key -> key.orderInGroup))
        .forEach(key -> row(key.name, fallback(key), "" + key.validator, key.documentation));
    passThrough.stream()
        .filter(prefix -> prefix.group().equals(group))
        .forEach(
            prefix ->
                row(prefix.prefix() + prefix.begin() + "*", "none", "any", prefix.documentation()));
  }

  private void aliases() {
    if (aliases.spellings().isEmpty()) {
      return;
    }
    page.append("\n## Other spellings\n\n| Spark's option | Key |\n|---|---|\n");
    aliases
        .spellings()
        .forEach(
            (alias, key) -> page.append("| `" + alias + "` | [`" + key + "`](#" + key + ") |\n"));
  }

  private void internalKeys() {
    if (definition.configKeys().values().stream().noneMatch(key -> key.internalConfig)) {
      return;
    }
    page.append("\n## Set by the connector for its tasks\n\n")
        .append(
            "Do not set these; the connector overwrites them.\n\n| Key | Meaning |\n|---|---|\n");
    definition.configKeys().values().stream()
        .filter(key -> key.internalConfig)
        .forEach(key -> page.append("| `" + key.name + "` | " + cell(key.documentation) + " |\n"));
  }

  private void row(String key, String fallback, String values, String documentation) {
    page.append(
        String.format(
            Locale.ROOT,
            "| <a id=\"%s\"></a>`%s` | %s | %s | %s |\n",
            key,
            key,
            fallback,
            cell(values),
            cell(documentation)));
  }

  private static String fallback(ConfigKey key) {
    if (key.defaultValue == null || List.of(List.of(), "").contains(key.defaultValue)) {
      return "none";
    }
    boolean mebibytes = key.name.endsWith(".bytes") && (long) key.defaultValue >= 1 << 20;
    return "`"
        + key.defaultValue
        + "`"
        + (mebibytes ? " (" + ((long) key.defaultValue >> 20) + " MiB)" : "");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
  }
}
