package io.tidemark.connector;

import static io.tidemark.connector.Deployment.documents;
import static io.tidemark.connector.Deployment.files;
import static io.tidemark.connector.Deployment.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files from which users deploy: that they can be read, and name what this tree builds. The
 * tests of the connectors validate the configurations in them.
 */
class DeployFolderTest {

  private static final Path ROOT = Checkout.root();
  private static final Pattern ARCHIVE =
      Pattern.compile("tidemark-kafka-connect-delta-(\\d[^\\s\"]*?)\\.zip");
  private static final Pattern ACTION = Pattern.compile("(s3|kms):[A-Z][A-Za-z]+");

  @Test
  void everyFileIsOfAKindThatIsReadHere() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve("deploy"))) {
      assertThat(all.filter(Files::isRegularFile).map(Path::toString))
          .isNotEmpty()
          .allMatch(file -> file.matches(".*(\\.yaml|\\.json|\\.properties|\\.md|/Dockerfile)"));
    }
  }

  @Test
  void everyDocumentHasContent() throws IOException {
    for (Path file : files("yaml", "json")) {
      assertThat(documents(file)).as(file.toString()).isNotEmpty().noneMatch(Map::isEmpty);
    }
    for (Path file : files("properties")) {
      assertThat(properties(file)).as(file.toString()).isNotEmpty();
    }
  }

  /** Properties keep the last of two, without a word. */
  @Test
  void noKeyOfAWorkerComesTwice() throws IOException {
    for (Path file : files("properties")) {
      try (Stream<String> lines = Files.lines(file)) {
        assertThat(
                lines
                    .filter(line -> line.matches("[a-z].*=.*"))
                    .map(line -> line.substring(0, line.indexOf('='))))
            .as(file.toString())
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void archivesHaveTheVersionThatThisTreeIsToRelease() throws IOException {
    List<String> named = new ArrayList<>();
    for (Path file : files("yaml", "json", "properties", "Dockerfile", "md")) {
      named.addAll(groups(ARCHIVE, Files.readString(file)));
    }
    for (Path file : dockerfiles()) {
      named.addAll(groups(Pattern.compile("TIDEMARK_VERSION=(\\d\\S*)"), Files.readString(file)));
      named.addAll(groups(ARCHIVE, Files.readString(file)));
    }
    assertThat(named).hasSizeGreaterThan(4).containsOnly(release());
  }

  @Test
  void workersHaveTheKafkaThatThisTreeIsTestedWith() throws IOException {
    String kafka = property("kafka.version");
    List<String> named = new ArrayList<>();
    for (Path file : dockerfiles()) {
      named.addAll(groups(Pattern.compile("FROM apache/kafka:(\\S+)"), Files.readString(file)));
    }
    named.add(connectSpec().get("version").toString());
    assertThat(named).hasSize(3).containsOnly(kafka);
  }

  @Test
  void workersFindPluginsByTheirServiceFiles() throws IOException {
    assertThat(map(connectSpec().get("config"))).containsEntry("plugin.discovery", "service_load");
    assertThat(properties(ROOT.resolve("deploy/docker/worker.properties")))
        .containsEntry("plugin.discovery", "service_load");
  }

  /** Each of them allows execution, unlike {@code /tmp} of a hardened container. */
  @Test
  void workersUnpackNativeLibrariesWhereTheyWriteEverythingElse() throws IOException {
    String dockerfile = Files.readString(ROOT.resolve("deploy/docker/Dockerfile"));
    assertThat(groups(Pattern.compile("(?:java.io.tmpdir|LOCAL_DIRS)=([^\\s\"]+)"), dockerfile))
        .hasSize(2)
        .containsOnly("/var/lib/connect/tmp");
    String strimzi = Files.readString(ROOT.resolve("deploy/strimzi/kafka-connect.yaml"));
    assertThat(
            groups(
                Pattern.compile("(?:java.io.tmpdir|LOCAL_DIRS)\\s+value: (\\S+)|mountPath: (\\S+)"),
                strimzi))
        .hasSize(3)
        .containsOnly("/mnt/scratch");
  }

  @Test
  void policiesAllowWhatThePageOfObjectStoresAsksFor() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/operating/object-stores.md"));
    String row = page.substring(page.indexOf("## Permissions"), page.indexOf("## When a start"));
    Map<String, List<String>> allowed = new TreeMap<>();
    for (String policy : List.of("s3-sink", "s3-kms")) {
      String text = Files.readString(ROOT.resolve("deploy/policies/" + policy + ".json"));
      allowed.put(policy, all(ACTION, text));
    }
    assertThat(allowed.values().stream().flatMap(List::stream).distinct())
        .containsExactlyInAnyOrderElementsOf(all(ACTION, row).stream().distinct().toList());
  }

  @Test
  void aSourceMayOnlyRead() throws IOException {
    assertThat(all(ACTION, Files.readString(ROOT.resolve("deploy/policies/s3-source.json"))))
        .containsExactlyInAnyOrder("s3:GetObject", "s3:ListBucket");
  }

  @Test
  void theForgeRunsWhatEveryCommitHasToPass() throws IOException {
    Map<String, Object> workflow = documents(ROOT.resolve(".github/workflows/ci.yml")).get(0);
    Map<String, Object> build = map(map(workflow.get("jobs")).get("build"));
    assertThat((List<?>) build.get("steps"))
        .anySatisfy(step -> assertThat(map(step)).containsEntry("run", "bash .ci/run"));
    assertThat(ROOT.resolve(".ci/run")).isRegularFile();
  }

  private static Map<String, Object> connectSpec() throws IOException {
    return map(documents(ROOT.resolve("deploy/strimzi/kafka-connect.yaml")).get(0).get("spec"));
  }

  private static List<Path> dockerfiles() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve("deploy"))) {
      return all.filter(file -> file.endsWith("Dockerfile")).toList();
    }
  }

  private static String release() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>tidemark-parent</artifactId>\\s*<version>(.+?)</version>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1).replace("-SNAPSHOT", "");
  }

  private static String property(String name) throws IOException {
    return groups(
            Pattern.compile("<" + name + ">(.+?)</"), Files.readString(ROOT.resolve("pom.xml")))
        .get(0);
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(
            match ->
                match.groupCount() > 1 && match.group(1) == null ? match.group(2) : match.group(1))
        .toList();
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
