package io.tidemark.stores;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A resumable upload: one session, in which an object arrives in parts. */
final class GcsUpload {

  private static final Pattern PART = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
  private static final Pattern QUESTION = Pattern.compile("bytes \\*/(\\d+|\\*)");

  private final String name;
  private final String condition;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private GcsObject created;

  /**
   * @param condition the generation that there has to be, 0 for none; empty when any will do
   */
  GcsUpload(String name, String condition) {
    this.name = name;
    this.condition = condition;
  }

  String name() {
    return name;
  }

  /** Whether the condition holds. */
  boolean mayCreate(long generation) {
    return condition.isEmpty() || Long.parseLong(condition) == generation;
  }

  /**
   * Adds what is new of a part.
   *
   * @return whether it was the last one
   */
  boolean add(String range, byte[] part) {
    Matcher question = QUESTION.matcher(range);
    if (question.matches()) {
      return question.group(1).equals(Integer.toString(content.size()));
    }
    Matcher bytes = PART.matcher(range);
    if (!bytes.matches()) {
      throw new IllegalArgumentException("Content-Range: " + range);
    }
    int from = content.size() - Integer.parseInt(bytes.group(1));
    if (from < 0) {
      throw new IllegalArgumentException("a gap before " + range);
    }
    if (from < part.length) {
      content.write(part, from, part.length - from);
    }
    return bytes.group(3).equals(Integer.toString(content.size()));
  }

  int received() {
    return content.size();
  }

  byte[] content() {
    return content.toByteArray();
  }

  void complete(GcsObject object) {
    created = object;
  }

  /** What this upload has created, once it is complete. */
  Optional<GcsObject> created() {
    return Optional.ofNullable(created);
  }
}
