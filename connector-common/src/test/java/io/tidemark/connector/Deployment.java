package io.tidemark.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A connector of {@code deploy/}, whatever it is written for: a KafkaConnector of Strimzi, or a
 * request to a service that runs connectors.
 *
 * @param file where it is, below the root of the source tree
 * @param name of the connector
 * @param config what Connect gets, all values as text
 */
public record Deployment(String file, String name, Map<String, String> config) {

  private static final String CLASS = "connector.class";

  /** All of them. */
  public static List<Deployment> all() throws IOException {
    List<Deployment> found = new ArrayList<>();
    for (Path file : files("yaml", "json")) {
      for (Map<String, Object> document : documents(file)) {
        String path = Checkout.root().relativize(file).toString();
        if ("KafkaConnector".equals(document.get("kind"))) {
          found.add(ofStrimzi(path, document));
        } else if (document.get("connectorConfiguration") instanceof Map<?, ?> config) {
          found.add(new Deployment(path, (String) document.get("connectorName"), texts(config)));
        }
      }
    }
    return found;
  }

  /** The files with one of these endings. */
  public static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(Checkout.root().resolve("deploy"))) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(end -> file.toString().endsWith("." + end)))
          .sorted()
          .toList();
    }
  }

  /**
   * The documents of a file of YAML, of which JSON is a part. A key that comes twice is an error.
   */
  public static List<Map<String, Object>> documents(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file))) {
      documents.add(map(document));
    }
    return documents;
  }

  /** A value of a document that is a map. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** The body of {@code POST /connectors}. */
  String json() {
    return config.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
        .collect(Collectors.joining(",", "{\"name\":" + quoted(name) + ",\"config\":{", "}}"));
  }

  private static Deployment ofStrimzi(String path, Map<String, Object> resource) {
    Map<String, Object> spec = map(resource.get("spec"));
    Map<String, String> config = texts(map(spec.get("config")));
    config.put(CLASS, (String) spec.get("class"));
    config.put("tasks.max", String.valueOf(spec.get("tasksMax")));
    return new Deployment(path, (String) map(resource.get("metadata")).get("name"), config);
  }

  private static Map<String, String> texts(Map<?, ?> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put((String) key, String.valueOf(value)));
    return texts;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
