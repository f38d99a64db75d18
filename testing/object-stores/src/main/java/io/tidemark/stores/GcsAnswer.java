package io.tidemark.stores;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of the JSON API. */
final class GcsAnswer {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private GcsAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static GcsAnswer empty(int status) {
    return new GcsAnswer(status, Map.of(), new byte[0]);
  }

  static GcsAnswer json(int status, ObjectNode json) {
    return new GcsAnswer(
        status,
        Map.of("Content-Type", "application/json; charset=UTF-8"),
        json.toString().getBytes(StandardCharsets.UTF_8));
  }

  static GcsAnswer error(int status, String message) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.putObject("error").put("code", status).put("message", message).putArray("errors");
    return json(status, error);
  }

  /** All of a content, or a range of it. */
  static GcsAnswer media(byte[] content, String range) {
    Map<String, String> type = Map.of("Content-Type", "application/octet-stream");
    Matcher bytes = RANGE.matcher(range);
    if (!bytes.matches()) {
      return new GcsAnswer(200, type, content);
    }
    int from = Integer.parseInt(bytes.group(1));
    if (from >= content.length) {
      return error(416, "The requested range cannot be satisfied.");
    }
    int last =
        bytes.group(2).isEmpty()
            ? content.length - 1
            : (int) Math.min(content.length - 1, Long.parseLong(bytes.group(2)));
    return new GcsAnswer(206, type, Arrays.copyOfRange(content, from, last + 1))
        .with("Content-Range", "bytes " + from + "-" + last + "/" + content.length);
  }

  GcsAnswer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new GcsAnswer(status, more, body);
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
