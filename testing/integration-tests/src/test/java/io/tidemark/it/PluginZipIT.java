package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.cluster.PluginZip;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the zip, and what a worker and Kafka's own tool make of it. */
class PluginZipIT {

  private static final List<Class<?>> PLUGIN_TYPES =
      List.of(
          SinkConnector.class,
          SourceConnector.class,
          Transformation.class,
          Predicate.class,
          Converter.class,
          HeaderConverter.class);

  private final Cluster cluster = Cluster.shared();
  private final Path plugins = cluster.directory.resolve("plugins");

  @Test
  void hasTheLayoutOfAConfluentArchive() throws IOException {
    Path top = top();
    assertThat(top.getFileName().toString()).startsWith("tidemark-kafka-connect-delta-");
    try (Stream<Path> entries = Files.list(top)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("manifest.json", "bin", "lib", "etc", "doc", "assets");
    }
    JsonNode manifest = new ObjectMapper().readTree(top.resolve("manifest.json").toFile());
    assertThat(top.getFileName().toString()).endsWith("-" + manifest.path("version").asText());
    assertThat(manifest.path("component_types"))
        .extracting(JsonNode::asText)
        .containsExactly("sink", "source", "transform", "converter");
    for (String field :
        List.of(
            "name", "title", "description", "documentation_url", "source_url", "release_date")) {
      assertThat(manifest.path(field).asText()).as(field).isNotBlank().doesNotContain("${");
    }
    assertThat(manifest.findValuesAsText("url"))
        .hasSize(3)
        .allMatch(url -> url.startsWith("https:"));
    assertThat(top.resolve(manifest.path("logo").asText())).isRegularFile();
    assertThat(top.resolve("doc"))
        .isDirectoryContaining("glob:**/LICENSE")
        .isDirectoryContaining("glob:**/NOTICE")
        .isDirectoryContaining("glob:**/THIRD-PARTY.md")
        .isDirectoryContaining("glob:**/README.md")
        .isDirectoryContaining("glob:**/sbom.json");
    assertThat(Files.readString(top.resolve("doc/sbom.json")))
        .as("what Hadoop has taken over")
        .contains("\"hadoop-shaded-guava\"");
    assertThat(top.resolve("etc")).isDirectoryContaining("glob:**/worker.properties");
    assertThat(top.resolve("etc/deploy/strimzi/kafka-connect.yaml")).isRegularFile();
  }

  @Test
  void holdsNothingThatTheWorkerProvides() throws IOException {
    assertThat(jars().stream().map(jar -> jar.getFileName().toString()))
        .isNotEmpty()
        .noneMatch(
            name ->
                name.matches(
                    "(kafka-clients|connect-|slf4j-|log4j|logback|reload4j|unitycatalog).*"));
  }

  /** The bundle of the AWS SDK alone is six times as large as the zip. */
  @Test
  void holdsNothingThatObjectStoresDoNotNeed() throws IOException {
    assertThat(jars().stream().map(jar -> jar.getFileName().toString()))
        .anyMatch(name -> name.matches("hadoop-client-api-.*-trimmed.jar"))
        .anyMatch(name -> name.startsWith("hadoop-aws-"))
        .anyMatch(name -> name.startsWith("hadoop-azure-"))
        .noneMatch(
            name ->
                name.matches(
                    "(bundle-|netty|wildfly|guava|jetty|azure-storage|aws-java-sdk|aws-crt).*"));
    assertThat(Files.size(Path.of(System.getProperty("tidemark.plugin.zip"))))
        .isLessThan(80_000_000);
  }

  @Test
  void opensEachFileSystemWithItsLibrariesAlone() throws Exception {
    assertThat(
            opened(
                top().resolve("lib") + "/*",
                "file:///",
                "hdfs://127.0.0.1:9/",
                "webhdfs://127.0.0.1:9/",
                "s3a://bucket/",
                "abfss://container@account.dfs.core.windows.net/"))
        .contains(
            "file lists",
            "hdfs is refused",
            "webhdfs is refused",
            "s3a is refused",
            "abfss is refused");
  }

  @Test
  void opensGoogleCloudStorageWithTheAddOnInTheSamePlace() throws Exception {
    Path zip = Path.of(System.getProperty("tidemark.plugin.zip"));
    Path addOn = zip.resolveSibling(zip.getFileName().toString().replace("delta-", "delta-gcs-"));
    Path unpacked = cluster.fresh("gcs");
    PluginZip.unpack(addOn, unpacked);
    Path added = unpacked.resolve(top().getFileName());
    assertThat(added.resolve("doc/gcs"))
        .isDirectoryContaining("glob:**/LICENSE")
        .isDirectoryContaining("glob:**/NOTICE")
        .isDirectoryContaining("glob:**/THIRD-PARTY.md");
    assertThat(
            opened(
                top().resolve("lib") + "/*" + File.pathSeparator + added.resolve("lib") + "/*",
                "gs://bucket/"))
        .contains("gs is refused");
  }

  /** What a process says that has these libraries alone. */
  private List<String> opened(String libraries, String... roots) throws Exception {
    Path log = cluster.fresh("file-systems").resolve("file-systems.log");
    String classPath =
        String.join(
            File.pathSeparator,
            Path.of(FileSystems.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            libraries,
            loggingOfTheWorker().toString());
    try (JavaProcess process =
        JavaProcess.start(
            JavaCommand.of("file systems", FileSystems.class.getName(), classPath, log)
                .args(roots))) {
      assertThat(process.exitCode(Duration.ofMinutes(2))).as(Files.readString(log)).isZero();
    }
    return Files.readAllLines(log);
  }

  /** Or a connector that pins {@code plugin.version} does not find it. */
  @Test
  void saysTheVersionOfTheZipInEveryPluginClass() throws Exception {
    List<String> versions = new ArrayList<>();
    try (URLClassLoader loader = loader()) {
      for (Class<?> type : PLUGIN_TYPES) {
        for (String name : services(loader, type)) {
          if (name.startsWith("io.tidemark.")) {
            Object plugin = loader.loadClass(name).getDeclaredConstructor().newInstance();
            versions.add(
                plugin instanceof Versioned versioned ? versioned.version() : name + " has none");
          }
        }
      }
    }
    assertThat(versions)
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(version -> assertThat(top().getFileName().toString()).endsWith("-" + version));
  }

  @Test
  void registersEveryPluginClassAsAService() throws Exception {
    List<String> missing = new ArrayList<>();
    int found = 0;
    try (URLClassLoader loader = loader()) {
      for (Path jar : jars()) {
        if (!jar.getFileName().toString().startsWith("tidemark-")) {
          continue;
        }
        for (Class<?> candidate : classes(jar, loader)) {
          for (Class<?> type : PLUGIN_TYPES) {
            if (type.isAssignableFrom(candidate)
                && !Modifier.isAbstract(candidate.getModifiers())) {
              found++;
              if (!services(loader, type).contains(candidate.getName())) {
                missing.add(candidate.getName() + " in META-INF/services/" + type.getName());
              }
            }
          }
        }
      }
    }
    assertThat(found).isPositive();
    assertThat(missing).isEmpty();
  }

  @Test
  void isCompatibleInTheEyesOfKafkasPluginPathTool() throws IOException {
    Path log = cluster.fresh("plugin-path").resolve("plugin-path.log");
    try (JavaProcess tool =
        JavaProcess.start(
            JavaCommand.of(
                    "plugin path tool",
                    "org.apache.kafka.tools.ConnectPluginPath",
                    System.getProperty("tidemark.kafka.libs") + "/*",
                    log)
                .args("list", "--plugin-path", plugins.toString()))) {
      assertThat(tool.exitCode(Duration.ofSeconds(90))).as(Files.readString(log)).isZero();
    }
    String report = Files.readString(log);
    assertThat(report)
        .contains("io.tidemark.sink.DeltaSinkConnector")
        .contains("io.tidemark.source.DeltaSourceConnector")
        .contains("io.tidemark.converters.JsonConverter");
    assertThat(number(report, "Total plugins"))
        .isPositive()
        .isEqualTo(number(report, "Loadable plugins"))
        .isEqualTo(number(report, "Compatible plugins"));
  }

  @ParameterizedTest
  @CsvSource({
    "io.tidemark.sink.DeltaSinkConnector, sink",
    "io.tidemark.source.DeltaSourceConnector, source"
  })
  void isFoundByAWorkerThatReadsServiceFilesOnly(String connector, String type) {
    assertThat(cluster.rest().plugins())
        .anyMatch(
            plugin ->
                plugin.path("class").asText().equals(connector)
                    && plugin.path("type").asText().equals(type)
                    && top().getFileName().toString().endsWith(plugin.path("version").asText()));
  }

  private Path top() {
    try (Stream<Path> entries = Files.list(plugins)) {
      List<Path> tops = entries.toList();
      assertThat(tops).hasSize(1);
      return tops.get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(top().resolve("lib"))) {
      return jars.sorted().toList();
    }
  }

  private static Path loggingOfTheWorker() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("tidemark.kafka.libs")))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("slf4j-api-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private URLClassLoader loader() throws IOException {
    URL[] urls = new URL[jars().size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars().get(i).toUri().toURL();
    }
    return new URLClassLoader(urls, getClass().getClassLoader());
  }

  private static List<Class<?>> classes(Path jar, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
          String name = entry.getName().replace('/', '.');
          classes.add(
              Class.forName(name.substring(0, name.length() - ".class".length()), false, loader));
        }
      }
    }
    return classes;
  }

  private static Set<String> services(ClassLoader loader, Class<?> type) throws IOException {
    Set<String> names = new TreeSet<>();
    for (URL url : Collections.list(loader.getResources("META-INF/services/" + type.getName()))) {
      try (var in = url.openStream()) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(names::add);
      }
    }
    return names;
  }

  private static int number(String report, String label) {
    return report
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " is not in " + report));
  }
}
