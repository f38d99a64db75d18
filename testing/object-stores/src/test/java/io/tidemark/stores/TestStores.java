package io.tidemark.stores;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One server of each kind for all tests of a JVM, started when it is first asked for, with what a
 * client has to be told to use it. They end with this process.
 */
final class TestStores {

  static final String BUCKET = "lab";

  /** Another S3 than the one that is started here; null without one. */
  private static final String ENDPOINT = System.getProperty("tidemark.s3.endpoint");

  private static final String RUN = "run-" + UUID.randomUUID();

  /** What the S3 server calls a file that it is writing: its name, and a random UUID. */
  private static final Pattern UNFINISHED =
      Pattern.compile(".+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static S3Server s3;
  private static RequestProxy s3Proxy;
  private static AzureServer azure;
  private static HdfsCluster hdfs;
  private static GcsServer gcs;

  private TestStores() {}

  /**
   * A place on S3 that no other run uses: on the server of this JVM, or in the bucket that {@code
   * -Dtidemark.s3.bucket} names at {@code -Dtidemark.s3.endpoint}.
   */
  static String s3Location(String scheme, String name) {
    String bucket = ENDPOINT == null ? BUCKET : System.getProperty("tidemark.s3.bucket", BUCKET);
    return scheme + "://" + bucket + "/" + RUN + "/" + name;
  }

  static synchronized S3Server s3() {
    if (s3 == null) {
      s3 = S3Server.start(directory("s3"), BUCKET);
    }
    return s3;
  }

  /**
   * Hadoop's properties for the S3 server. There is a proxy before it, since the server breaks off
   * a connection when it refuses a request before it has read the body, and clients then wait and
   * try again.
   */
  static synchronized Map<String, String> s3Properties() {
    if (ENDPOINT != null) {
      return Map.of(
          "fs.s3a.endpoint", ENDPOINT,
          "fs.s3a.endpoint.region", System.getProperty("tidemark.s3.region", "us-east-1"),
          "fs.s3a.path.style.access", System.getProperty("tidemark.s3.path.style", "true"),
          "fs.s3a.access.key", System.getProperty("tidemark.s3.access.key"),
          "fs.s3a.secret.key", System.getProperty("tidemark.s3.secret.key"));
    }
    if (s3Proxy == null) {
      s3Proxy = RequestProxy.start(s3().endpoint());
    }
    return s3Properties(s3Proxy.endpoint());
  }

  /** Whether a listing shows a name that only this server has, where S3 shows none. */
  static boolean isUnfinished(String name) {
    return UNFINISHED.matcher(name).matches();
  }

  /** Skips the test when the machine cannot run it. */
  static synchronized AzureServer azure() {
    assumeTrue(AzureServer.isAvailable(), "Azurite is not installed: the build needs npm for it");
    if (azure == null) {
      azure = AzureServer.start(directory("azure"), BUCKET);
    }
    return azure;
  }

  static synchronized HdfsCluster hdfs() {
    if (hdfs == null) {
      hdfs = HdfsCluster.start(directory("hdfs"));
    }
    return hdfs;
  }

  static synchronized GcsServer gcs() {
    if (gcs == null) {
      gcs = GcsServer.start(BUCKET);
    }
    return gcs;
  }

  /**
   * Hadoop's properties for the server of Google Cloud Storage.
   *
   * @param at its endpoint, or that of a proxy before it
   */
  static Map<String, String> gcsProperties(URI at) {
    return Map.of(
        "fs.gs.storage.root.url", at + "/",
        "fs.gs.auth.service.account.enable", "false",
        "fs.gs.auth.null.enable", "true");
  }

  /**
   * Hadoop's properties for the S3 server.
   *
   * @param at its endpoint, or that of a proxy before it
   */
  static Map<String, String> s3Properties(URI at) {
    return Map.of(
        "fs.s3a.endpoint", at.toString(),
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.access.key", s3().accessKey(),
        "fs.s3a.secret.key", s3().secretKey());
  }

  /**
   * Hadoop's properties for the Azure server. A location names the account by a host, of which only
   * this form may be somewhere else; the service type says that it speaks the other protocol.
   *
   * @param at its endpoint, or that of a proxy before it
   */
  static Map<String, String> azureProperties(URI at) {
    return Map.of(
        "fs.azure.abfs.endpoint",
        at.getAuthority(),
        "fs.azure.always.use.https",
        "false",
        "fs.azure.account.hns.enabled",
        "false",
        "fs.azure.fns.account.service.type",
        "BLOB",
        "fs.azure.account.auth.type",
        "SharedKey",
        "fs.azure.account.key." + azureHost(),
        azure().accountKey());
  }

  static String azureLocation() {
    return "abfs://" + BUCKET + "@" + azureHost();
  }

  private static String azureHost() {
    return azure().account() + ".dfs.core.windows.net";
  }

  /** A new directory for this run. */
  static Path directory(String name) {
    try {
      Path parent = Path.of(System.getProperty("tidemark.it.directory", "target/it"));
      return Files.createTempDirectory(Files.createDirectories(parent).toAbsolutePath(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
