package io.tidemark.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy before an object store, on a port of the loopback interface: it counts requests and makes
 * some of them fail. It passes on messages as they are, signatures included, but answers {@code
 * Expect: 100-continue} itself. Safe for use by several threads.
 *
 * <pre>{@code
 * RequestProxy proxy = RequestProxy.start(server.endpoint());
 * proxy.on(RequestKind.PUT, "/commits/").nth(2).swallowAnswer();
 * proxy.counts("/bucket/commits/"); // {PUT=1, LIST=1}
 * }</pre>
 */
public final class RequestProxy implements AutoCloseable {

  private final URI store;
  private final ServerSocket server;
  private final RequestLog log = new RequestLog();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private RequestProxy(URI store, ServerSocket server) {
    this.store = store;
    this.server = server;
  }

  /** Starts a proxy on a free port. */
  public static RequestProxy start(URI store) {
    return start(store, 0);
  }

  /**
   * Starts a proxy on a port.
   *
   * @param store such as {@code http://127.0.0.1:41234}
   * @throws UncheckedIOException when the port is taken
   */
  public static RequestProxy start(URI store, int port) {
    try {
      ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      RequestProxy proxy = new RequestProxy(store, server);
      daemon("request-proxy", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address for clients, such as {@code http://127.0.0.1:41235}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** How many requests of each kind arrived; kinds without any are absent. */
  public Map<RequestKind, Integer> counts() {
    return counts("");
  }

  /** The same for {@linkplain StoreRequest#path() paths} that start so. */
  public Map<RequestKind, Integer> counts(String pathPrefix) {
    return log.counts(pathPrefix);
  }

  /** All requests in the order of their arrival. */
  public List<StoreRequest> requests() {
    return log.requests();
  }

  /** Forgets all requests and all faults. */
  public void reset() {
    log.reset();
  }

  /**
   * The start of a fault: name the fault on the result.
   *
   * @param pathPart is contained in the {@linkplain StoreRequest#path() path}
   */
  public FaultRule on(RequestKind kind, String pathPart) {
    return new FaultRule(kind, pathPart, log::add);
  }

  /** Ends all connections; later ones are refused. */
  @Override
  public void close() {
    closeQuietly(server);
    clients.forEach(RequestProxy::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        daemon("request-proxy-connection", () -> serve(client));
      } catch (IOException e) {
        // Closed, or a client that has gone already.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      ProxyConnection connection = new ProxyConnection(store, log, client);
      boolean open = !server.isClosed();
      while (open) {
        open = connection.exchange();
      }
    } catch (IOException e) {
      // A side has gone, or a fault has cut the answer: the client sees the end of its connection.
    } finally {
      clients.remove(client);
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // Nothing is left to be done with it.
    }
  }
}
