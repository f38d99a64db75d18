package io.tidemark.stores;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object of Google Cloud Storage. */
final class GcsObject {

  private final String bucket;
  private final String name;
  private final byte[] content;
  private final long generation;

  /**
   * @param generation a number that no other object had
   */
  GcsObject(String bucket, String name, byte[] content, long generation) {
    this.bucket = bucket;
    this.name = name;
    this.content = content;
    this.generation = generation;
  }

  String name() {
    return name;
  }

  byte[] content() {
    return content;
  }

  long generation() {
    return generation;
  }

  ObjectNode json() {
    // The same time for all: nothing here depends on a clock.
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "storage#object")
        .put("bucket", bucket)
        .put("name", name)
        .put("generation", Long.toString(generation))
        .put("metageneration", "1")
        .put("size", Integer.toString(content.length))
        .put("contentType", "application/octet-stream")
        .put("timeCreated", "2026-01-01T00:00:00.000Z")
        .put("updated", "2026-01-01T00:00:00.000Z");
  }
}
