package io.tidemark.stores;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request to the JSON API, and its answer. */
final class GcsExchange {

  /** What answers. */
  @FunctionalInterface
  interface Handler {
    GcsAnswer answer(GcsExchange request) throws IOException;
  }

  private final HttpExchange exchange;
  private final Map<String, String> query = new TreeMap<>();

  GcsExchange(HttpExchange exchange) {
    this.exchange = exchange;
    String text = exchange.getRequestURI().getRawQuery();
    for (String parameter : (text == null ? "" : text).split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      query.put(pair[0], pair.length == 1 ? "" : decode(pair[1]));
    }
  }

  void serve(Handler handler) throws IOException {
    try (exchange) {
      GcsAnswer answer;
      try {
        answer = handler.answer(this);
      } catch (RuntimeException e) {
        answer = GcsAnswer.error(400, e.toString());
      }
      // What nobody has read would end the connection.
      body();
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String rawPath() {
    return exchange.getRequestURI().getRawPath();
  }

  /** A parameter; empty when it is absent. */
  String query(String name) {
    return query.getOrDefault(name, "");
  }

  int number(String name) {
    return Integer.parseInt(query(name));
  }

  /** Whether a condition is absent or holds. */
  boolean permits(String condition, long generation) {
    return query(condition).isEmpty() || Long.parseLong(query(condition)) == generation;
  }

  /** A header; empty when it is absent. */
  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  byte[] body() throws IOException {
    return exchange.getRequestBody().readAllBytes();
  }

  /** A plus is a plus. */
  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
