package io.tidemark.stores;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client's connection to the proxy, with any number of requests one after the other. Each request
 * goes to the store by a connection of its own, so that a store that closes one early ends nothing
 * else.
 */
final class ProxyConnection {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final URI store;
  private final RequestLog log;
  private final InputStream in;
  private final OutputStream out;

  ProxyConnection(URI store, RequestLog log, Socket client) throws IOException {
    this.store = store;
    this.log = log;
    this.in = new BufferedInputStream(client.getInputStream());
    this.out = new BufferedOutputStream(client.getOutputStream());
  }

  /** Passes on one request and its answer; false when the connection has to end. */
  boolean exchange() throws IOException {
    Optional<MessageHead> next = MessageHead.read(in);
    if (next.isEmpty()) {
      return false;
    }
    MessageHead request = next.get();
    StoreRequest seen = StoreRequest.of(request);
    Fault fault = log.arrived(seen).orElse(null);
    boolean headOnly = seen.kind() == RequestKind.HEAD;
    if (request.has("Expect", "100-continue")) {
      // From here, so that the body always comes and the connection can be used again.
      out.write(CONTINUE);
      out.flush();
    }
    if (fault instanceof Fault.Refuse refusal) {
      request.copyBody(in, OutputStream.nullOutputStream());
      out.write(refusal.error().message(headOnly));
      out.flush();
      return !request.has("Connection", "close");
    }
    try (Socket socket = new Socket(store.getHost(), store.getPort())) {
      forward(request, socket);
      InputStream answers = new BufferedInputStream(socket.getInputStream());
      return giveBack(answers, headOnly, fault) && !request.has("Connection", "close");
    }
  }

  private void forward(MessageHead request, Socket socket) throws IOException {
    OutputStream body = new ForgivingOutput(new BufferedOutputStream(socket.getOutputStream()));
    request.without("Expect").write(body);
    request.copyBody(in, body);
  }

  private boolean giveBack(InputStream answers, boolean headOnly, Fault fault) throws IOException {
    MessageHead answer = finalAnswer(answers);
    boolean bodyless = headOnly || answer.status() == 204 || answer.status() == 304;
    if (fault instanceof Fault.Swallow) {
      return false;
    }
    if (fault instanceof Fault.Hold hold) {
      hold.release().join();
    }
    if (fault instanceof Fault.Delay delay) {
      new CompletableFuture<Void>()
          .completeOnTimeout(null, delay.time().toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }
    answer.write(out);
    if (bodyless) {
      return !answer.has("Connection", "close");
    }
    OutputStream body =
        fault instanceof Fault.Truncate cut ? new CutOutput(out, cut.bodyBytes()) : out;
    if (answer.endless()) {
      answers.transferTo(body);
      body.flush();
      return false;
    }
    answer.copyBody(answers, body);
    return !answer.has("Connection", "close");
  }

  private static MessageHead finalAnswer(InputStream answers) throws IOException {
    MessageHead answer;
    do {
      answer =
          MessageHead.read(answers).orElseThrow(() -> new EOFException("the store did not answer"));
    } while (answer.status() < 200);
    return answer;
  }
}
