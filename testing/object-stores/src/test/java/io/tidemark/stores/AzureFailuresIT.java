package io.tidemark.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storages;
import io.tidemark.storage.StoreFailures;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the failures of a start are called, as Azure's client makes them. The answers are those of a
 * proxy that has no store.
 */
class AzureFailuresIT {

  private static final URI NO_STORE = URI.create("http://127.0.0.1:1");
  private static final String UNKNOWN_HOST = "account.dfs.invalid";

  private final Map<String, String> properties = new HashMap<>();

  AzureFailuresIT() {
    properties.put("fs.azure.account.auth.type", "SharedKey");
    properties.put("fs.azure.account.hns.enabled", "true");
    properties.put("fs.azure.always.use.https", "false");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthenticationFailed, TM-706",
    "403, AuthorizationPermissionMismatch, TM-706",
    "404, FilesystemNotFound, TM-707",
  })
  void tellsTheReasonsOfARefusalApart(int status, String code, String error) throws IOException {
    assertThat(refused(new ErrorAnswer(status, code)))
        .hasValueSatisfying(found -> assertThat(found).hasMessageContainingAll(error, "abfs://"));
  }

  @Test
  void triesAgainAfterAConflict() throws IOException {
    assertThat(refused(new ErrorAnswer(409, "ContainerBeingDeleted"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"not base64!", ","})
  void missesAKeyThatCanBeUsedAndNeverRepeatsIt(String key) {
    if (key != null) {
      properties.put("fs.azure.account.key." + UNKNOWN_HOST, key);
    }
    assertThatThrownBy(() -> create("abfss://lab@" + UNKNOWN_HOST + "/a"))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContainingAll("TM-705", "hadoop.fs.azure.account.key")
        .hasMessageNotContaining("not base64!")
        .hasNoCause();
  }

  @Test
  @Timeout(120)
  void triesAgainSoonWhenTheHostIsUnknown() {
    properties.put("fs.azure.account.key." + UNKNOWN_HOST, "c2VjcmV0");
    String location = "abfss://lab@" + UNKNOWN_HOST + "/a";
    assertThatThrownBy(() -> create(location))
        .isInstanceOfSatisfying(
            IOException.class,
            failure -> assertThat(StoreFailures.lasting(location, failure)).isEmpty());
  }

  private Optional<TidemarkException> refused(ErrorAnswer answer) throws IOException {
    try (RequestProxy proxy = RequestProxy.start(NO_STORE)) {
      for (RequestKind kind : RequestKind.values()) {
        proxy.on(kind, "/").times(1000).answer(answer);
      }
      String host = proxy.endpoint().getAuthority();
      properties.put("fs.azure.account.key." + host, "c2VjcmV0");
      String location = "abfs://lab@" + host + "/a";
      try {
        create(location);
      } catch (IOException failure) {
        return StoreFailures.lasting(location, failure);
      }
      throw new AssertionError("created a file on no store");
    }
  }

  private void create(String location) throws IOException {
    try (HadoopFileSystems fileSystems = new HadoopFileSystems(properties)) {
      Storages.open(location, fileSystems).createIfAbsent("metadata", "{}".getBytes(UTF_8));
    }
  }
}
