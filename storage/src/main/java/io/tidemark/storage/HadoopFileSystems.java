package io.tidemark.storage;

import io.tidemark.common.AsciiDigits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * Hadoop's file systems for one configuration: one instance per scheme and bucket, created when it
 * is first asked for. Hadoop's own cache does not compare configurations: there a second connector
 * of a worker would get the credentials of the first. Thread-safe.
 */
public class HadoopFileSystems implements AutoCloseable {

  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  private static final String SDK_PROVIDERS = "software.amazon.awssdk.auth.credentials.";
  private static final String S3A_PROVIDERS = "org.apache.hadoop.fs.s3a.";

  /**
   * What holds unless the user says otherwise. S3A and ABFS would retry for minutes where a
   * connector retries itself, and S3A would not look for profiles and web identities.
   */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("fs.defaultFS", "file:///"),
          Map.entry("fs.s3.impl", S3A),
          Map.entry("fs.s3a.attempts.maximum", "3"),
          Map.entry("fs.s3a.retry.limit", "3"),
          Map.entry("fs.s3a.retry.interval", "300ms"),
          Map.entry("fs.s3a.retry.throttle.limit", "5"),
          // S3A takes no less.
          Map.entry("fs.s3a.connection.establish.timeout", "15s"),
          Map.entry("fs.s3a.connection.timeout", "30s"),
          // The analytics stream does not read again what breaks off, and needs ETags.
          Map.entry("fs.s3a.input.stream.type", "classic"),
          Map.entry("fs.azure.io.retry.max.retries", "3"),
          Map.entry(
              "fs.s3a.aws.credentials.provider",
              String.join(
                  ",",
                  S3A_PROVIDERS + "TemporaryAWSCredentialsProvider",
                  S3A_PROVIDERS + "SimpleAWSCredentialsProvider",
                  SDK_PROVIDERS + "EnvironmentVariableCredentialsProvider",
                  SDK_PROVIDERS + "WebIdentityTokenFileCredentialsProvider",
                  SDK_PROVIDERS + "ProfileCredentialsProvider",
                  S3A_PROVIDERS + "auth.IAMInstanceCredentialsProvider")));

  private final Configuration configuration = new Configuration();
  private final Map<String, FileSystem> open = new HashMap<>();
  private boolean closed;

  /**
   * @param properties go to Hadoop's configuration, credentials among them
   */
  public HadoopFileSystems(Map<String, String> properties) {
    // Hadoop and Kernel format numbers in the default locale.
    AsciiDigits.ensure();
    // The plugin has the classes that the configuration names.
    configuration.setClassLoader(HadoopFileSystems.class.getClassLoader());
    DEFAULTS.forEach(configuration::set);
    GenerationFiles.DEFAULTS.forEach(configuration::set);
    properties.forEach(configuration::set);
    GenerationFiles.REQUIRED.forEach(configuration::set);
  }

  /** Hadoop's configuration. It must not be changed. */
  public final Configuration configuration() {
    return configuration;
  }

  /**
   * The file system of a path. The local one comes with Hadoop's checksum files.
   *
   * @throws IOException when it cannot be reached, or the plugin does not have its classes
   * @throws io.tidemark.common.TidemarkException TM-710 when they are in an archive that was not
   *     unpacked
   */
  public final FileSystem of(Path path) throws IOException {
    URI uri = uri(path);
    synchronized (open) {
      if (closed) {
        throw new IOException("the file systems of this task are closed: cannot use " + path);
      }
      FileSystem found = open.get(key(uri));
      if (found == null) {
        requireAddOn(path, uri.getScheme());
        found = FileSystem.newInstance(uri, configuration);
        open.put(key(uri), found);
      }
      return found;
    }
  }

  /** Those of Google Cloud Storage are not in the plugin's own archive. */
  private void requireAddOn(Path path, String scheme) {
    String name = configuration.get("fs.gs.impl");
    if ("gs".equals(scheme)
        && GenerationFiles.DEFAULTS.containsValue(name)
        && configuration.getClassByNameOrNull(name) == null) {
      throw StorageErrors.missingAddOn(path.toString());
    }
  }

  /** Creates files on the file system of a path that are visible as a whole or not at all. */
  public WholeFiles wholeFiles(Path path) throws IOException {
    return WholeFiles.of(of(path), scheme(path));
  }

  /**
   * Opens a file. An object store is not asked for its length where that is known.
   *
   * @param bytes length of the file, 0 or less when it is unknown
   */
  public final FSDataInputStream open(Path file, long bytes) throws IOException {
    FileSystem fileSystem = of(file);
    if (bytes <= 0) {
      return fileSystem.open(file);
    }
    return open(fileSystem, new FileStatus(bytes, false, 1, 0, 0, fileSystem.makeQualified(file)));
  }

  /** Opens a file that a listing has shown. */
  static FSDataInputStream open(FileSystem fileSystem, FileStatus file) throws IOException {
    FutureDataInputStreamBuilder builder = fileSystem.openFile(file.getPath());
    return FutureIO.awaitFuture(builder.withFileStatus(file).build());
  }

  /** The scheme of a path; of a bare path that of the default file system. */
  final String scheme(Path path) {
    return uri(path).getScheme();
  }

  private URI uri(Path path) {
    URI uri = path.toUri();
    return uri.getScheme() == null ? FileSystem.getDefaultUri(configuration) : uri;
  }

  private static String key(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  /** Closes them. What still uses one fails. */
  @Override
  public void close() {
    IOException failure = null;
    synchronized (open) {
      closed = true;
      for (FileSystem fileSystem : open.values()) {
        try {
          fileSystem.close();
        } catch (IOException e) {
          if (failure != null) {
            e.addSuppressed(failure);
          }
          failure = e;
        }
      }
      open.clear();
    }
    if (failure != null) {
      throw new UncheckedIOException(failure);
    }
  }
}
