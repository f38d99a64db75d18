package io.tidemark.windows.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings that the state of an aggregation depends on, part by part, as they are stored with
 * the state. Column names, delay, policy and time-outs are not included: they may change while
 * windows are open.
 */
public final class Definition {

  /** Increases when the layout of keys or accumulators changes. */
  private static final String LAYOUT = "1";

  private static final String GROUP_BY = "group.by";
  private static final String SEPARATOR = ", ";

  private Definition() {}

  /** Name of the part to its text. */
  public static SortedMap<String, String> of(Aggregation aggregation) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("layout", LAYOUT);
    parts.put("window", window(aggregation.window()));
    parts.put("state.store.provider", aggregation.memoryProvider() ? "memory" : "rocksdb");
    EventTime time = aggregation.eventTime();
    parts.put(
        "event.time",
        time.field().map(field -> field + " in " + time.format()).orElse("record timestamp"));
    parts.put(
        GROUP_BY,
        join(aggregation.groupBy().stream().map(group -> group.input().toString()).toList()));
    parts.put("aggregates", join(aggregation.aggregates().stream().map(Aggregate::call).toList()));
    return parts;
  }

  /** The fields and expressions that a definition groups by. */
  public static Set<String> groupBy(SortedMap<String, String> definition) {
    return Set.copyOf(Items.split(definition.getOrDefault(GROUP_BY, "")));
  }

  /** The parts that differ between two definitions, as text for a message. */
  public static String difference(Map<String, String> found, Map<String, String> wanted) {
    StringBuilder parts = new StringBuilder();
    SortedSet<String> names = new TreeSet<>(found.keySet());
    names.addAll(wanted.keySet());
    for (String name : names) {
      String before = found.get(name);
      String after = wanted.get(name);
      if (before == null || !before.equals(after)) {
        parts.append(parts.isEmpty() ? "" : "; ").append(name).append(": ");
        parts.append(before).append(" became ").append(after);
      }
    }
    return parts.toString();
  }

  private static String window(WindowSpec window) {
    String size = window.sizeMicros() / 1000 + " ms";
    return switch (window.kind()) {
      case TUMBLING -> "tumbling " + size + start(window);
      case HOPPING ->
          "hopping " + size + " every " + window.advanceMicros() / 1000 + " ms" + start(window);
      case SESSION ->
          window
              .gap()
              .map(gap -> "session of gaps of " + gap)
              .orElse("session of gaps up to " + size);
      case DISTINCT -> "none, the first of each key";
    };
  }

  private static String start(WindowSpec window) {
    return window.startMicros() == 0 ? "" : " from " + window.startMicros() / 1000 + " ms";
  }

  private static String join(List<String> texts) {
    return texts.stream().collect(Collectors.joining(SEPARATOR));
  }
}
