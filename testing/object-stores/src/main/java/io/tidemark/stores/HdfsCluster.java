package io.tidemark.stores;

import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.cluster.Patience;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** An HDFS of one name node and one data node, Hadoop's mini cluster, in a JVM of its own. */
public final class HdfsCluster implements AutoCloseable {

  private static final Patience START = Patience.ofSeconds(120);

  private final JavaProcess process;
  private final URI uri;

  private HdfsCluster(JavaProcess process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts an empty cluster and returns when it can be used.
   *
   * @param directory for its blocks and its log; new for each cluster
   */
  public static HdfsCluster start(Path directory) {
    Path home = directory.toAbsolutePath();
    Path details = home.resolve("details.json");
    JavaCommand command =
        JavaCommand.of(
                "HDFS cluster",
                "org.apache.hadoop.test.MiniDFSClusterManager",
                Servers.require("hdfs").resolve("*").toString(),
                home.resolve("hdfs.log"))
            .jvm(Servers.smallJvm())
            .jvm("-Dtest.build.data=" + home.resolve("data"))
            .args("-format", "-datanodes", "1", "-writeDetails", details.toString());
    JavaProcess process = JavaProcess.start(command);
    try {
      START.await(
          "the HDFS cluster runs", process, () -> Files.readString(details).strip().endsWith("}"));
      // Its only number is the port: {"namenode_port":41234}.
      String port = Files.readString(details).replaceAll("\\D", "");
      return new HdfsCluster(process, URI.create("hdfs://127.0.0.1:" + port));
    } catch (Exception e) {
      process.close();
      throw StoreErrors.notStarted("the HDFS cluster", e);
    }
  }

  /** For example {@code hdfs://127.0.0.1:41234}. */
  public URI uri() {
    return uri;
  }

  public JavaProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
