package io.tidemark.it;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens the file systems that the zip has and asks a closed port, in a process with the zip's
 * libraries alone: a class that is missing there fails with another error than a refusal. Public,
 * since the JVM that starts it is another package's.
 */
public final class FileSystems {

  private FileSystems() {}

  /** Expects nothing, and says what became of each of them. */
  public static void main(String[] args) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.access.key", "key");
    configuration.set("fs.s3a.secret.key", "secret");
    configuration.set("fs.s3a.endpoint", "http://127.0.0.1:9");
    configuration.set("fs.s3a.endpoint.region", "us-east-1");
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.attempts.maximum", "1");
    configuration.set("fs.s3a.retry.limit", "0");
    configuration.set("fs.azure.account.hns.enabled", "true");
    configuration.set("fs.azure.account.auth.type", "OAuth");
    configuration.set(
        "fs.azure.account.oauth.provider.type",
        "org.apache.hadoop.fs.azurebfs.oauth2.ClientCredsTokenProvider");
    configuration.set("fs.azure.account.oauth2.client.endpoint", "http://127.0.0.1:9/token");
    configuration.set("fs.azure.account.oauth2.client.id", "id");
    configuration.set("fs.azure.account.oauth2.client.secret", "secret");
    configuration.set("fs.azure.oauth.token.fetch.retry.max.retries", "0");
    configuration.set("fs.azure.io.retry.max.retries", "0");
    configuration.set("ipc.client.connect.max.retries", "0");
    configuration.set("fs.gs.storage.root.url", "http://127.0.0.1:9/");
    configuration.set("fs.gs.auth.service.account.enable", "false");
    configuration.set("fs.gs.auth.null.enable", "true");
    configuration.set("fs.gs.http.max.retry", "0");
    for (String arg : args) {
      URI root = URI.create(arg);
      try (FileSystem files = FileSystem.newInstance(root, configuration)) {
        files.listStatus(new Path(root));
        report(root, "lists");
      } catch (IOException e) {
        report(root, refused(e) ? "is refused" : "fails: " + e);
      }
    }
  }

  private static boolean refused(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || String.valueOf(cause.getMessage()).contains("Connection refused")) {
        return true;
      }
    }
    return false;
  }

  private static void report(URI root, String outcome) {
    System.out.println(root.getScheme() + " " + outcome);
  }
}
