package io.tidemark.stores;

import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.cluster.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * An S3 server with one bucket, whose objects are files: s3proxy on a port of the loopback
 * interface. It checks signatures, and its conditional requests are atomic. Buckets are in the
 * path, not in the host name.
 */
public final class S3Server implements AutoCloseable {

  private static final Patience START = Patience.ofSeconds(60);
  private static final String OBJECTS = "objects";
  private static final String ACCESS_KEY = "tidemark";
  private static final String SECRET_KEY = "tidemark-secret";

  private final URI endpoint;
  private final String bucket;
  private final Path objects;
  private final JavaProcess process;

  private S3Server(URI endpoint, String bucket, Path objects, JavaProcess process) {
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.objects = objects;
    this.process = process;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @param directory for its objects, its configuration and its log; on a file system with extended
   *     attributes
   * @param bucket exists from the start
   */
  public static S3Server start(Path directory, String bucket) {
    URI endpoint = URI.create("http://127.0.0.1:" + FreePorts.any());
    Path config = configure(directory.toAbsolutePath(), bucket, endpoint);
    JavaCommand command =
        JavaCommand.of(
                "S3 server",
                "org.gaul.s3proxy.Main",
                Servers.require("s3proxy.jar").toString(),
                config.resolveSibling("s3proxy.log"))
            .jvm(Servers.smallJvm())
            .args("--properties", config.toString());
    S3Server server =
        new S3Server(
            endpoint,
            bucket,
            config.resolveSibling(OBJECTS).resolve(bucket),
            JavaProcess.start(command));
    try {
      START.await("the S3 server answers", server.process, () -> Servers.answers(endpoint));
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** For example {@code http://127.0.0.1:41234}. */
  public URI endpoint() {
    return endpoint;
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  public String bucket() {
    return bucket;
  }

  /** The directory in which each object of the bucket is a file. */
  public Path objects() {
    return objects;
  }

  /** To suspend it, as an outage would. */
  public JavaProcess process() {
    return process;
  }

  /**
   * An address that needs no further signature for an hour.
   *
   * @param at this server's endpoint, or that of a proxy before it: the signature holds the address
   * @param method such as PUT
   * @param key of the object
   */
  public URI presigned(URI at, String method, String key) {
    return presigned(at, method, "/" + bucket + "/" + key, Map.of());
  }

  /** The same for the listing of a prefix, by GET. */
  public URI presignedList(URI at, String prefix) {
    return presigned(at, "GET", "/" + bucket, Map.of("list-type", "2", "prefix", prefix));
  }

  @Override
  public void close() {
    process.close();
  }

  private static URI presigned(URI at, String method, String path, Map<String, String> query) {
    return new S3Signature(ACCESS_KEY, SECRET_KEY).presigned(at, method, path, query);
  }

  private static Path configure(Path directory, String bucket, URI endpoint) {
    Path objects = directory.resolve(OBJECTS);
    Properties config = new Properties();
    config.setProperty("s3proxy.endpoint", endpoint.toString());
    config.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    config.setProperty("s3proxy.identity", ACCESS_KEY);
    config.setProperty("s3proxy.credential", SECRET_KEY);
    config.setProperty("jclouds.provider", "filesystem-nio2");
    config.setProperty("jclouds.filesystem.basedir", objects.toString());
    try {
      Files.createDirectories(objects.resolve(bucket));
      Path file = directory.resolve("s3proxy.properties");
      try (var writer = Files.newBufferedWriter(file)) {
        config.store(writer, null);
      }
      return file;
    } catch (IOException e) {
      throw StoreErrors.notStarted("the S3 server", e);
    }
  }
}
