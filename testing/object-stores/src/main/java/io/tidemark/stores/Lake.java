package io.tidemark.stores;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where connectors keep tables and checkpoint locations, and where a judge finds the same files.
 *
 * <pre>{@code
 *                      connectors                   judges
 * directory(/work)     /work/orders                 /work/orders
 * bucket(server, at)   s3a://bucket/orders, by at   /objects/bucket/orders
 * }</pre>
 *
 * The S3 server keeps each object in a file of the object's name. So a judge needs no client of S3:
 * it reads what the server has stored, past the server and past the faults before it.
 *
 * @param root of the connectors' locations
 * @param files the directory that has the same content
 * @param hadoop what connectors have to tell Hadoop, without the connectors' own prefix
 */
public record Lake(String root, Path files, Map<String, String> hadoop) {

  public Lake {
    files = files.toAbsolutePath();
    hadoop = Map.copyOf(hadoop);
  }

  /** On this machine's file system. */
  public static Lake directory(Path directory) {
    return new Lake(directory.toAbsolutePath().toString(), directory, Map.of());
  }

  /**
   * In the bucket of a server.
   *
   * @param at the server's endpoint, or that of a proxy before it
   */
  public static Lake bucket(S3Server server, URI at) {
    return new Lake(
        "s3a://" + server.bucket(),
        server.objects(),
        Map.of(
            "fs.s3a.endpoint", at.toString(),
            "fs.s3a.endpoint.region", "us-east-1",
            "fs.s3a.path.style.access", "true",
            "fs.s3a.access.key", server.accessKey(),
            "fs.s3a.secret.key", server.secretKey()));
  }

  /** With another key of Hadoop. */
  public Lake with(String key, String value) {
    Map<String, String> more = new TreeMap<>(hadoop);
    more.put(key, value);
    return new Lake(root, files, more);
  }

  /** A table or checkpoint location as a connector names it. */
  public String location(String name) {
    return root + "/" + name;
  }

  /** The directory of a table or checkpoint location. */
  public Path files(String name) {
    return files.resolve(name);
  }

  /** Keys that a connector needs beside its locations. */
  public Map<String, String> connectorKeys() {
    Map<String, String> keys = new TreeMap<>();
    hadoop.forEach((key, value) -> keys.put("hadoop." + key, value));
    return keys;
  }
}
