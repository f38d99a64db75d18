package io.tidemark.benchmarks;

import io.tidemark.benchmarks.nothing.NothingConnector;
import io.tidemark.cluster.CodeSource;
import io.tidemark.cluster.PluginZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Directories for {@code plugin.path}, each with one plugin, so that a worker has no other to load.
 */
final class Plugins {

  private static final String SERVICE =
      "META-INF/services/org.apache.kafka.connect.sink.SinkConnector";

  private final Setup setup;
  private final Path directory;

  Plugins(Setup setup) {
    this.setup = setup;
    this.directory = setup.directory().resolve("plugins");
  }

  /** The built zip, unpacked. */
  Path tidemark() {
    Path path = directory.resolve("tidemark");
    if (!Files.exists(path)) {
      try {
        PluginZip.unpack(setup.pluginZip(), path);
      } catch (IOException e) {
        throw BenchmarkErrors.fileFailed("unpack the plugin into", path, e);
      }
    }
    return path;
  }

  /** The sink that does nothing, as a jar. */
  Path nothing() {
    Path path = directory.resolve("nothing");
    Path jar = path.resolve("nothing/nothing.jar");
    if (!Files.exists(jar)) {
      try {
        Files.createDirectories(jar.getParent());
        pack(jar);
      } catch (IOException e) {
        throw BenchmarkErrors.fileFailed("write", jar, e);
      }
    }
    return path;
  }

  /** The jars of a peer. */
  Path of(Peer peer) {
    Path jars = peer.jars(setup.root(), setup.cache());
    Path path = directory.resolve(peer.name());
    try {
      if (!Files.exists(path)) {
        Files.createDirectories(path);
        Files.createSymbolicLink(path.resolve(peer.name()), jars);
      }
      return path;
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("link the plugin in", path, e);
    }
  }

  /** Whether one of the jars below a directory has the class. */
  static boolean have(Path directory, String className) {
    String entry = className.replace('.', '/') + ".class";
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        try (JarFile jar = new JarFile(file.toFile())) {
          if (jar.getEntry(entry) != null) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("read the jars below", directory, e);
    }
  }

  private static void pack(Path jar) throws IOException {
    String name = NothingConnector.class.getName();
    String folder = name.substring(0, name.lastIndexOf('.')).replace('.', '/');
    Path source = CodeSource.of(NothingConnector.class);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry(SERVICE));
      entries.write(name.getBytes(StandardCharsets.UTF_8));
      for (String type : List.of("NothingConnector", "NothingTask")) {
        String entry = folder + "/" + type + ".class";
        entries.putNextEntry(new JarEntry(entry));
        try (InputStream in = NothingConnector.class.getResourceAsStream(type + ".class")) {
          if (in == null) {
            throw new IOException(source + " has no " + entry);
          }
          in.transferTo(entries);
        }
      }
    }
  }
}
