package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A connector of {@code connectors/}, with words that each run replaces, such as {@code @NAME@}:
 *
 * <pre>
 *   BOOTSTRAP   servers of the broker
 *   NAME        of the connector
 *   TOPIC       that a sink reads
 *   TASKS       how many
 *   OUT         directory of the run
 *   OUTPUT      topic of the run
 *   TABLE       that a source reads
 * </pre>
 */
record ConnectorFile(String text) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ConnectorFile read(Path file) {
    try {
      return new ConnectorFile(Files.readString(file));
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("read", file, e);
    }
  }

  /**
   * The document that a worker takes.
   *
   * @param words by the word without its two signs
   * @param keys of the connector that override those of the file
   */
  ObjectNode document(Map<String, String> words, Map<String, String> keys) throws IOException {
    String filled = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace("@" + word.getKey() + "@", word.getValue());
    }
    ObjectNode document = (ObjectNode) JSON.readTree(filled);
    keys.forEach(((ObjectNode) document.path("config"))::put);
    return document;
  }
}
