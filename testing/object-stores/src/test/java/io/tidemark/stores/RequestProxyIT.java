package io.tidemark.stores;

import static io.tidemark.stores.RequestKind.DELETE;
import static io.tidemark.stores.RequestKind.GET;
import static io.tidemark.stores.RequestKind.HEAD;
import static io.tidemark.stores.RequestKind.LIST;
import static io.tidemark.stores.RequestKind.PUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cluster.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestProxyIT {

  @TempDir static Path directory;
  private static S3Server server;
  private static RequestProxy proxy;

  @BeforeAll
  static void startServer() {
    server = S3Server.start(directory, "lab");
    proxy = RequestProxy.start(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    proxy.close();
    server.close();
  }

  @AfterEach
  void forget() {
    proxy.reset();
  }

  @Test
  void passesOnRequestsAndCountsThemByKind() throws Exception {
    String content = "x".repeat(200_000);
    assertThat(Http.put(object("PUT", "all/1"), content).statusCode()).isEqualTo(200);
    assertThat(Http.send("GET", object("GET", "all/1")).body()).isEqualTo(content);
    assertThat(Http.send("HEAD", object("HEAD", "all/1")).headers().firstValue("Content-Length"))
        .hasValue("200000");
    assertThat(Http.send("GET", list("all/")).body()).contains("<Key>all/1</Key>");
    assertThat(Http.send("DELETE", object("DELETE", "all/1")).statusCode()).isEqualTo(204);
    Http.send("GET", object("GET", "other/1"));

    assertThat(proxy.counts("/lab/all/"))
        .isEqualTo(Map.of(PUT, 1, GET, 1, HEAD, 1, LIST, 1, DELETE, 1));
    assertThat(proxy.counts()).containsEntry(GET, 2);
    proxy.reset();
    assertThat(proxy.counts()).isEmpty();
  }

  @Test
  void takesABodyAfterAContinue() throws Exception {
    assertThat(Http.putAfterContinue(object("PUT", "continued"), "all of it").statusCode())
        .isEqualTo(200);

    assertThat(stored("continued").body()).isEqualTo("all of it");
  }

  @Test
  void givesEachClientItsOwnAnswer() {
    URI uri = object("PUT", "parallel");
    List<CompletableFuture<HttpResponse<String>>> puts =
        IntStream.range(0, 20).mapToObj(i -> Http.putLater(uri, "content " + i)).toList();

    assertThat(puts).allMatch(put -> put.join().statusCode() == 200);
    assertThat(proxy.counts()).isEqualTo(Map.of(PUT, 20));
  }

  @Test
  void swallowsTheAnswerOfASecondRequestThatTheStoreCarriedOut() throws Exception {
    FaultRule fault = proxy.on(PUT, "/swallowed/").nth(2).swallowAnswer();

    assertThat(Http.put(object("PUT", "swallowed/1"), "one").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> Http.put(object("PUT", "swallowed/2"), "two"))
        .isInstanceOf(IOException.class);
    assertThat(Http.put(object("PUT", "swallowed/3"), "three").statusCode()).isEqualTo(200);

    assertThat(fault.struck()).isEqualTo(1);
    assertThat(stored("swallowed/2").body()).isEqualTo("two");
  }

  @Test
  void answersWithAnErrorThatTheStoreNeverSees() throws Exception {
    proxy.on(PUT, "refused").answer(ErrorAnswer.CONDITIONAL_REQUEST_CONFLICT);
    proxy.on(PUT, "refused").times(2).answer(ErrorAnswer.SLOW_DOWN);
    proxy.on(HEAD, "refused").answer(ErrorAnswer.ACCESS_DENIED);
    URI uri = object("PUT", "refused");

    HttpResponse<String> conflict = Http.put(uri, "one");
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(conflict.body()).contains("<Code>ConditionalRequestConflict</Code>");
    assertThat(Http.put(uri, "two").statusCode()).isEqualTo(503);
    assertThat(Http.put(uri, "three").body()).contains("<Code>SlowDown</Code>");
    assertThat(Http.send("HEAD", object("HEAD", "refused")).statusCode()).isEqualTo(403);

    assertThat(stored("refused").statusCode()).isEqualTo(404);
    assertThat(Http.put(uri, "four").statusCode()).isEqualTo(200);
  }

  @Test
  void holdsAnAnswerUntilItIsReleased() {
    CompletableFuture<Void> release = new CompletableFuture<>();
    proxy.on(PUT, "held").holdAnswer(release);

    CompletableFuture<HttpResponse<String>> put = Http.putLater(object("PUT", "held"), "late");
    Patience.ofSeconds(30)
        .await("the store has the object", () -> stored("held").statusCode() == 200);
    assertThat(put).isNotDone();

    release.complete(null);
    assertThat(put.join().statusCode()).isEqualTo(200);
  }

  @Test
  void delaysAnAnswer() throws Exception {
    Duration delay = Duration.ofMillis(300);
    proxy.on(PUT, "slow").delayAnswer(delay);

    long startNanos = System.nanoTime();
    HttpResponse<String> put = Http.put(object("PUT", "slow"), "late");

    assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(delay.toNanos());
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(stored("slow").body()).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(strings = {"object", "listing"})
  void breaksOffInTheMiddleOfAnAnswer(String answer) throws Exception {
    Http.put(object("PUT", "torn/1"), "0123456789");
    proxy.on(GET, "torn/1").truncateAnswer(4);
    proxy.on(LIST, "torn/").truncateAnswer(4);
    URI uri = answer.equals("object") ? object("GET", "torn/1") : list("torn/");

    assertThatThrownBy(() -> Http.send("GET", uri)).isInstanceOf(IOException.class);

    assertThat(Http.send("GET", uri).body()).isNotEmpty();
  }

  @Test
  void refusesConnectionsWhenClosed() throws Exception {
    URI uri;
    try (RequestProxy closing = RequestProxy.start(server.endpoint())) {
      uri = server.presigned(closing.endpoint(), "GET", "any");
      assertThat(Http.send("GET", uri).statusCode()).isEqualTo(404);
    }

    assertThatThrownBy(() -> Http.send("GET", uri)).isInstanceOf(IOException.class);
  }

  private static URI object(String method, String key) {
    return server.presigned(proxy.endpoint(), method, key);
  }

  private static URI list(String prefix) {
    return server.presignedList(proxy.endpoint(), prefix);
  }

  /** What the store itself says. */
  private static HttpResponse<String> stored(String key) throws Exception {
    return Http.send("GET", server.presigned(server.endpoint(), "GET", key));
  }
}
