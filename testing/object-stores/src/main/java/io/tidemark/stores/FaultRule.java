package io.tidemark.stores;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A fault for some of the requests that match: the first one, unless {@link #nth} and {@link
 * #times} say otherwise. It counts from the call that names the fault.
 */
public final class FaultRule {

  private final RequestKind kind;
  private final String pathPart;
  private final Consumer<FaultRule> installer;
  private int first = 1;
  private int times = 1;
  private int matches;
  private int struck;
  private Fault fault;

  FaultRule(RequestKind kind, String pathPart, Consumer<FaultRule> installer) {
    this.kind = kind;
    this.pathPart = pathPart;
    this.installer = installer;
  }

  /** The first request that is hit, from 1. */
  public synchronized FaultRule nth(int number) {
    first = number;
    return this;
  }

  /** How many matching requests in a row are hit. */
  public synchronized FaultRule times(int count) {
    times = count;
    return this;
  }

  /** The store carries out the request, and the client's connection ends without an answer. */
  public FaultRule swallowAnswer() {
    return install(new Fault.Swallow());
  }

  /** The client gets this error, and the store never sees the request. */
  public FaultRule answer(ErrorAnswer error) {
    return install(new Fault.Refuse(error));
  }

  /**
   * The store carries out the request, and the client gets the answer once the future is complete.
   */
  public FaultRule holdAnswer(CompletableFuture<?> release) {
    return install(new Fault.Hold(release));
  }

  /** The store carries out the request, and the client gets the answer that much later. */
  public FaultRule delayAnswer(Duration time) {
    return install(new Fault.Delay(time));
  }

  /**
   * The client gets the head of the answer and so many bytes of its body, then the connection ends.
   */
  public FaultRule truncateAnswer(long bodyBytes) {
    return install(new Fault.Truncate(bodyBytes));
  }

  /** How many requests it has hit. */
  public synchronized int struck() {
    return struck;
  }

  /** The fault of a request that arrives, if it is one to be hit. */
  synchronized Optional<Fault> arrived(StoreRequest request) {
    if (request.kind() != kind || !request.path().contains(pathPart)) {
      return Optional.empty();
    }
    matches++;
    if (matches < first || matches >= first + times) {
      return Optional.empty();
    }
    struck++;
    return Optional.of(fault);
  }

  private synchronized FaultRule install(Fault installed) {
    fault = installed;
    installer.accept(this);
    return this;
  }
}
