package io.tidemark.stores;

import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.Patience;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/**
 * A server of Azure Blob Storage with one container, whose blobs are in memory: Azurite on a port
 * of the loopback interface, run by the machine's Node.js. It has no hierarchical namespace. It
 * ends with this process, however that ends.
 */
public final class AzureServer implements AutoCloseable {

  private static final Patience START = Patience.ofSeconds(60);
  private static final String MAIN = "azurite/node_modules/azurite/dist/src/blob/main.js";
  private static final String ACCOUNT = "devstoreaccount1";

  /** Public: the key of Azurite's only account, from its documentation. */
  private static final String ACCOUNT_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final URI endpoint;
  private final String container;
  private final Process process;

  private AzureServer(URI endpoint, String container, Process process) {
    this.endpoint = endpoint;
    this.container = container;
    this.process = process;
  }

  /** Whether the build installed Azurite, which needs npm, and this machine can run it. */
  public static boolean isAvailable() {
    return Files.exists(Servers.path(MAIN))
        && Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "node")));
  }

  /**
   * Starts a server and returns when it has the container.
   *
   * @param directory for its log
   */
  public static AzureServer start(Path directory, String container) {
    int port = FreePorts.any();
    Path log = directory.toAbsolutePath().resolve("azurite.log");
    Path main = Servers.require(MAIN);
    AzureServer server =
        new AzureServer(
            URI.create("http://127.0.0.1:" + port), container, process(main, port, log));
    try {
      server.awaitContainer(log);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** For example {@code http://127.0.0.1:41234}; the account is the first part of a path. */
  public URI endpoint() {
    return endpoint;
  }

  public String account() {
    return ACCOUNT;
  }

  /** The shared key of the account, in Base64. */
  public String accountKey() {
    return ACCOUNT_KEY;
  }

  public String container() {
    return container;
  }

  public long pid() {
    return process.pid();
  }

  /**
   * An address that needs no further signature for an hour.
   *
   * @param at this server's endpoint, or that of a proxy before it
   * @param name of the blob
   */
  public URI signed(URI at, String name) {
    return signed(at, container + "/" + name, "");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitContainer(Path log) {
    START.await("the Azure server answers", () -> !process.isAlive() || Servers.answers(endpoint));
    if (!process.isAlive()) {
      throw StoreErrors.ended("The Azure server", process.exitValue(), log);
    }
    try {
      int status = Servers.status("PUT", signed(endpoint, container, "restype=container&"));
      if (status != 201) {
        throw StoreErrors.refused("the creation of container " + container, status);
      }
    } catch (IOException e) {
      throw StoreErrors.notStarted("the Azure server", e);
    }
  }

  private static Process process(Path main, int port, Path log) {
    try (InputStream leash = AzureServer.class.getResourceAsStream("leash.js")) {
      Path script = Files.createDirectories(log.getParent()).resolve("leash.js");
      Files.copy(leash, script, StandardCopyOption.REPLACE_EXISTING);
      return new ProcessBuilder(
              "node",
              script.toString(),
              main.toString(),
              "--silent",
              "--inMemoryPersistence",
              "--skipApiVersionCheck",
              "--disableTelemetry",
              "--blobHost",
              "127.0.0.1",
              "--blobPort",
              Integer.toString(port))
          .directory(log.getParent().toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw StoreErrors.notStarted("the Azure server", e);
    }
  }

  /** With a shared access signature of the account. */
  private static URI signed(URI at, String path, String query) {
    String version = "2019-12-12";
    String end = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString();
    String toSign = String.join("\n", ACCOUNT, "rwdlac", "b", "sco", "", end, "", "", version, "");
    byte[] key = Base64.getDecoder().decode(ACCOUNT_KEY);
    String signature = Base64.getEncoder().encodeToString(S3Signature.hmac(key, toSign));
    return URI.create(
        "%s/%s/%s?%ssv=%s&ss=b&srt=sco&sp=rwdlac&se=%s&sig=%s"
            .formatted(
                at,
                ACCOUNT,
                S3Signature.encode(path).replace("%2F", "/"),
                query,
                version,
                S3Signature.encode(end),
                S3Signature.encode(signature)));
  }
}
