package io.tidemark.stores;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that a proxy has seen.
 *
 * @param kind of the request
 * @param path decoded, such as {@code /bucket/commits/5}. A {@linkplain RequestKind#LIST listing}
 *     has its prefix at the end; a POST that deletes several objects names only the bucket.
 * @param exclusive whether it is to be refused when the name is taken
 */
public record StoreRequest(RequestKind kind, String path, boolean exclusive) {

  /**
   * @param head with a start line such as {@code GET /bucket?prefix=a HTTP/1.1}
   */
  static StoreRequest of(MessageHead head) {
    String[] parts = head.startLine().split(" ", -1);
    String[] target = parts[1].split("\\?", 2);
    Map<String, String> query = query(target.length == 1 ? "" : target[1]);
    boolean listing =
        query.containsKey("list-type")
            || query.containsKey("prefix")
            || "list".equals(query.get("comp"));
    RequestKind kind = RequestKind.of(parts[0], listing);
    String path = decode(target[0]);
    if (kind == RequestKind.LIST) {
      path = path.replaceFirst("/*$", "/") + query.getOrDefault("prefix", "");
    }
    return new StoreRequest(kind, path, head.has("If-None-Match", "*"));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new TreeMap<>();
    for (String parameter : text.split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      query.put(decode(pair[0]), pair.length == 1 ? "" : decode(pair[1]));
    }
    return query;
  }

  /** A plus is a plus: clients of object stores write a space as {@code %20}. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
