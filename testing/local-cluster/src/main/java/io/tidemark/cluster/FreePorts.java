package io.tidemark.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
public final class FreePorts {

  private FreePorts() {}

  /** A port that is free now, chosen by the operating system. */
  public static int any() {
    return bound(0);
  }

  /** Fails with a clear error when another process listens on the port. */
  public static void require(int port) {
    bound(port);
  }

  private static int bound(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw ClusterErrors.portBusy(port, e);
    }
  }
}
