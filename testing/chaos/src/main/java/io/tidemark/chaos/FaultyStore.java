package io.tidemark.chaos;

import io.tidemark.stores.Lake;
import io.tidemark.stores.RequestProxy;
import io.tidemark.stores.S3Server;
import java.nio.file.Path;
import java.util.Map;

/**
 * The S3 server that has the tables and checkpoint locations of a run, and the proxy through which
 * the workers reach it. Spark does not: it reads and writes the files in which the server keeps its
 * objects, so that no fault of the proxy can hide what is in the tables. The server refuses to
 * create an object whose file exists, so a commit of Spark's is as safe as in a local table.
 */
final class FaultyStore implements AutoCloseable {

  /**
   * What Spark needs for that. Its local file systems keep checksums beside the files, which would
   * be wrong once the connector has replaced a file through the server.
   */
  static final Map<String, String> SPARK =
      Map.of(
          "fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem",
          "fs.AbstractFileSystem.file.impl", "org.apache.hadoop.fs.local.RawLocalFs");

  private static final String BUCKET = "chaos";

  private final S3Server server;
  private final RequestProxy proxy;

  private FaultyStore(S3Server server, RequestProxy proxy) {
    this.server = server;
    this.proxy = proxy;
  }

  static FaultyStore start(Path directory) {
    S3Server server = S3Server.start(directory, BUCKET);
    return new FaultyStore(server, RequestProxy.start(server.endpoint()));
  }

  Lake lake() {
    // The server has no ETag for Spark's files. S3A's own stream reads them when it need not have
    // one; the analytics stream, which is the default, cannot.
    return Lake.bucket(server, proxy.endpoint())
        .with("fs.s3a.input.stream.type", "classic")
        .with("fs.s3a.change.detection.version.required", "false");
  }

  S3Server server() {
    return server;
  }

  RequestProxy proxy() {
    return proxy;
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }
}
