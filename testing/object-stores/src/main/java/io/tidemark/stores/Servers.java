package io.tidemark.stores;

import io.tidemark.cluster.CodeSource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs of the servers, which the build puts beside the classes of this module. */
final class Servers {

  /** System property that names their directory when this module is used from a repository. */
  static final String PROPERTY = "tidemark.stores.servers";

  private Servers() {}

  /** Where a program is, whether or not it is there. */
  static Path path(String program) {
    String directory = System.getProperty(PROPERTY);
    Path target = CodeSource.of(Servers.class).toAbsolutePath().getParent();
    return (directory == null ? target.resolve("servers") : Path.of(directory).toAbsolutePath())
        .resolve(program);
  }

  /** Where a program is; fails with TM-941 when it is missing. */
  static Path require(String program) {
    Path place = path(program);
    if (!Files.exists(place)) {
      throw StoreErrors.serverMissing(place);
    }
    return place;
  }

  /** JVM options for a server of a few small objects. */
  static String[] smallJvm() {
    return new String[] {"-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};
  }

  /** Whether a server answers at all; an error of its own is an answer as well. */
  static boolean answers(URI endpoint) throws IOException {
    return status("GET", endpoint) > 0;
  }

  /** The status that a server answers to a request without a body. */
  static int status(String method, URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(10_000);
    connection.setRequestMethod(method);
    if (method.equals("PUT")) {
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(0);
      connection.getOutputStream().close();
    }
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
