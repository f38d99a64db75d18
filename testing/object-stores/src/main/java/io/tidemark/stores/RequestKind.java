package io.tidemark.stores;

/** The kinds of requests that an object store bills and answers differently. */
public enum RequestKind {
  PUT,
  GET,
  HEAD,
  /** A GET that asks for the names of a prefix. */
  LIST,
  DELETE,
  /** Among others, deletes several objects. */
  POST,
  OTHER;

  static RequestKind of(String method, boolean listing) {
    return switch (method) {
      case "PUT" -> PUT;
      case "GET" -> listing ? LIST : GET;
      case "HEAD" -> HEAD;
      case "DELETE" -> DELETE;
      case "POST" -> POST;
      default -> OTHER;
    };
  }
}
