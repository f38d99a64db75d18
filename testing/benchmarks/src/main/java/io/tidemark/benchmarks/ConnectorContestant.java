package io.tidemark.benchmarks;

import io.tidemark.stores.Lake;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A connector in a Connect worker of its own. What is measured is the whole worker, from the moment
 * at which the connector is posted.
 *
 * @param lake where its results are
 * @param topic that sinks read, and that says how many records there are
 * @param tasks of the connector
 * @param keys that override those of the connector's file
 * @param words that its file has beside those of every run, such as {@code TABLE}
 */
record ConnectorContestant(
    Arena arena,
    String name,
    String note,
    ConnectorKind kind,
    Lake lake,
    OrderTopic topic,
    int tasks,
    Map<String, String> keys,
    Map<String, String> words)
    implements Contestant {

  private static final String CONVERTER = "value.converter";
  private static final String OURS = "io.tidemark.converters.";

  ConnectorContestant {
    keys = Map.copyOf(keys);
    words = Map.copyOf(words);
  }

  /** One task, no other words. */
  static ConnectorContestant of(
      Arena arena,
      String name,
      String note,
      ConnectorKind kind,
      Lake lake,
      OrderTopic topic,
      Map<String, String> keys) {
    return new ConnectorContestant(arena, name, note, kind, lake, topic, 1, keys, Map.of());
  }

  @Override
  public Optional<String> absence() {
    String converter = keys.getOrDefault(CONVERTER, "");
    if (converter.startsWith(OURS) && !Plugins.have(kind.pluginPath(), converter)) {
      return Optional.of("the zip has no class " + converter);
    }
    return Optional.empty();
  }

  @Override
  public ConnectorSession start(String session) {
    return ConnectorSession.start(this, session);
  }

  Place place(String run) {
    return new Place(run, lake.location(run), lake.files(run), run + "-out");
  }

  /** The words of its file for a run. */
  Map<String, String> words(Place place) {
    Map<String, String> all = new TreeMap<>(words);
    all.put("BOOTSTRAP", arena.bootstrapServers());
    all.put("NAME", place.name());
    all.put("TOPIC", topic.name());
    all.put("TASKS", Integer.toString(tasks));
    all.put("OUT", place.location());
    all.put("OUTPUT", place.output());
    return all;
  }

  /** Keys of the connector that its file does not have. */
  Map<String, String> allKeys() {
    Map<String, String> all = new TreeMap<>(lake.connectorKeys());
    all.putAll(keys);
    return all;
  }

  /** The file of the connector. */
  Path file() {
    return arena.setup().connector(kind.file());
  }
}
