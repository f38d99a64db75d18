package io.tidemark.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {

  @Test
  void refusesAPortThatAnotherListensOn() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> FreePorts.require(port))
          .hasMessage(
              "TM-901 Port %d on 127.0.0.1 is taken by another process. End that process, or use another port."
                  .formatted(port));
    }
  }

  @Test
  void acceptsAPortThatNobodyListensOn() {
    assertThatCode(() -> FreePorts.require(FreePorts.any())).doesNotThrowAnyException();
  }

  @Test
  void saysInOneLineThatTheDiskIsTooFull(@TempDir Path directory) {
    assertThatThrownBy(() -> FreeSpace.require(directory, Long.MAX_VALUE))
        .hasMessageStartingWith("TM-903 Only ")
        .hasMessageContaining("MiB are free below " + directory)
        .message()
        .doesNotContain("\n");
  }
}
