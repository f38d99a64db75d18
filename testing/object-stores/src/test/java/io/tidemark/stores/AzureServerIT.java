package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureServerIT {

  @TempDir Path directory;

  @BeforeAll
  static void requireAzurite() {
    assumeTrue(AzureServer.isAvailable(), "Azurite is not installed: the build needs npm for it");
  }

  @Test
  void keepsTheFirstOfTwoConditionalPutsAndLeavesNoProcess() throws Exception {
    AzureServer server = AzureServer.start(directory, "lab");
    try (server;
        RequestProxy proxy = RequestProxy.start(server.endpoint())) {
      assertThat(put(server, proxy, "first")).isEqualTo(201);
      assertThat(put(server, proxy, "second")).isEqualTo(409);

      var read = Http.send("GET", server.signed(proxy.endpoint(), "commits/5"));
      assertThat(read.body()).isEqualTo("first");
      assertThat(proxy.counts("/" + server.account() + "/lab/commits/"))
          .isEqualTo(Map.of(RequestKind.PUT, 2, RequestKind.GET, 1));
    }
    assertThat(ProcessHandle.of(server.pid())).isEmpty();
  }

  private static int put(AzureServer server, RequestProxy proxy, String content) throws Exception {
    return Http.put(
            server.signed(proxy.endpoint(), "commits/5"),
            content,
            "x-ms-blob-type",
            "BlockBlob",
            "If-None-Match",
            "*")
        .statusCode();
  }
}
