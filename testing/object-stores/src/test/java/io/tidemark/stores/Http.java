package io.tidemark.stores;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** A client of object stores without any retry of its own for writes. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Http() {}

  static HttpResponse<String> put(URI uri, String content, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(request("PUT", uri, content, headers).build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> putAfterContinue(URI uri, String content)
      throws IOException, InterruptedException {
    HttpRequest request = request("PUT", uri, content).expectContinue(true).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  static CompletableFuture<HttpResponse<String>> putLater(URI uri, String content) {
    return CLIENT.sendAsync(request("PUT", uri, content).build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> send(String method, URI uri)
      throws IOException, InterruptedException {
    return CLIENT.send(request(method, uri, "").build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(
      String method, URI uri, String content, String... headers) {
    BodyPublisher body =
        content.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(content);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
    return headers.length == 0 ? request : request.headers(headers);
  }
}
