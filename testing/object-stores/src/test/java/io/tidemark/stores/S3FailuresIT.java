package io.tidemark.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.TidemarkException;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storage;
import io.tidemark.storage.Storages;
import io.tidemark.storage.StoreFailures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the failures of a start are called, with the answers of a real server through S3A. */
class S3FailuresIT {

  @TempDir static Path directory;
  private static S3Server server;
  private static RequestProxy proxy;

  private final Map<String, String> properties = new HashMap<>();

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

  S3FailuresIT() {
    properties.put("fs.s3a.endpoint.region", "us-east-1");
    properties.put("fs.s3a.path.style.access", "true");
    properties.put("fs.s3a.connection.ssl.enabled", "false");
    properties.put("fs.s3a.access.key", server.accessKey());
    properties.put("fs.s3a.secret.key", server.secretKey());
    at(proxy.endpoint());
  }

  @AfterEach
  void forget() {
    proxy.reset();
  }

  @Test
  void findsNothingWrongWithSoundSettings() {
    assertThat(firstFailure("s3a://lab/sound")).isEmpty();
  }

  @Test
  void blamesTheCredentialsForAWrongSecret() {
    properties.put("fs.s3a.secret.key", "another-secret");
    TidemarkException error = lasting("s3a://lab/secret");
    assertThat(error).hasMessageContainingAll("TM-706", "s3a://lab/secret", "s3:PutObject");
    assertThat(error.getMessage()).doesNotContain("another-secret", server.accessKey() + " ");
  }

  @Test
  void blamesTheCredentialsForAnUnknownKey() {
    properties.put("fs.s3a.access.key", "nobody");
    TidemarkException error = lasting("s3a://lab/key");
    assertThat(error).hasMessageContaining("TM-706").hasMessageNotContaining("nobody");
  }

  @Test
  void missesTheBucket() {
    assertThat(lasting("s3a://missing/a")).hasMessageContainingAll("TM-707", "s3a://missing/a");
  }

  @Test
  void missesCredentialsWithoutAnyRequest() {
    properties.remove("fs.s3a.access.key");
    properties.remove("fs.s3a.secret.key");
    properties.put(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    assertThat(lasting("s3a://lab/none"))
        .hasMessageContainingAll("TM-705", "hadoop.fs.s3a.access.key");
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void blamesTheClock() {
    FaultRule fault = answer("/skewed/", new ErrorAnswer(403, "RequestTimeTooSkewed"));
    assertThat(lasting("s3a://lab/skewed")).hasMessageContainingAll("TM-709", "NTP");
    assertThat(fault.struck()).as("tries of the SDK, and none of S3A after them").isEqualTo(4);
  }

  @Test
  void namesTheKeyOfTheRegion() {
    answer("/region/", new ErrorAnswer(400, "AuthorizationHeaderMalformed"));
    assertThat(lasting("s3a://lab/region"))
        .hasMessageContainingAll("TM-708", "hadoop.fs.s3a.endpoint.region");
  }

  @Test
  void triesAgainWithAnExpiredToken() {
    FaultRule fault = answer("/expired/", ErrorAnswer.EXPIRED_TOKEN);
    assertThat(meaning("s3a://lab/expired")).isEmpty();
    assertThat(fault.struck()).isPositive();
  }

  @Test
  void triesAgainWhenTheStoreIsBusy() {
    answer("/busy/", ErrorAnswer.SLOW_DOWN);
    assertThat(meaning("s3a://lab/busy")).isEmpty();
  }

  @Test
  @Timeout(60)
  void triesAgainSoonAfterARefusedConnection() {
    RequestProxy closed = RequestProxy.start(server.endpoint());
    closed.close();
    at(closed.endpoint());
    assertThat(meaning("s3a://lab/refused")).isEmpty();
  }

  private void at(URI endpoint) {
    properties.put("fs.s3a.endpoint", endpoint.toString());
  }

  private static FaultRule answer(String pathPart, ErrorAnswer error) {
    return proxy.on(RequestKind.PUT, pathPart).times(1000).answer(error);
  }

  private TidemarkException lasting(String location) {
    return meaning(location).orElseThrow();
  }

  private Optional<TidemarkException> meaning(String location) {
    return StoreFailures.lasting(location, firstFailure(location).orElseThrow());
  }

  /** Of the first file that a start creates. */
  private Optional<IOException> firstFailure(String location) {
    try (HadoopFileSystems fileSystems = new HadoopFileSystems(properties)) {
      Storage storage = Storages.open(location, fileSystems);
      storage.createIfAbsent("metadata", "{}".getBytes(UTF_8));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
