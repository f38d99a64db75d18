package io.tidemark.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A connector's configuration that users are told to send: a file of {@code config/} or {@code
 * deploy/}, or a block in one of the pages.
 *
 * @param file where it is, below the root of the source tree
 * @param json the body of {@code POST /connectors} or {@code PUT /connectors/x/config}
 */
public record Sample(String file, String json) {

  private static final String KEY = "\"connector.class\"";

  /** All of a connector, by its class. */
  public static List<Sample> of(String connector) throws IOException {
    Path root = Checkout.root();
    List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
    for (String directory : List.of("config", "docs", "packaging", "testing/quickstart")) {
      try (Stream<Path> found = Files.walk(root.resolve(directory))) {
        found
            .filter(file -> !file.toString().contains("/target/"))
            .filter(file -> file.toString().matches(".*\\.(json|md)"))
            .sorted()
            .forEach(files::add);
      }
    }
    List<Sample> samples = new ArrayList<>();
    for (Deployment deployment : Deployment.all()) {
      if (connector.equals(deployment.config().get("connector.class"))) {
        samples.add(new Sample(deployment.file(), deployment.json()));
      }
    }
    for (Path file : files) {
      for (String json : objects(Files.readString(file))) {
        if (json.contains(connector)) {
          samples.add(new Sample(root.relativize(file).toString(), json));
        }
      }
    }
    return samples;
  }

  /** The outermost JSON objects that hold a connector's class. */
  private static List<String> objects(String text) {
    List<String> objects = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{' && depth++ == 0) {
        begin = i;
      } else if (text.charAt(i) == '}' && depth > 0 && --depth == 0) {
        String object = text.substring(begin, i + 1);
        if (object.contains(KEY)) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  @Override
  public String toString() {
    return file;
  }
}
