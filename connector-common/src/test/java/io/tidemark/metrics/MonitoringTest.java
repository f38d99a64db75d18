package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.connector.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of {@code monitoring/} against the metrics that tasks show. */
class MonitoringTest {

  private static final Path DIRECTORY = Checkout.root().resolve("monitoring");

  /** Connect's own beans that the rules read, as {@code MetricsIT} finds them in a worker. */
  private static final List<String> CONNECTS =
      List.of(
          "kafka.connect<type=connect-worker-metrics, connector=orders><>connector-failed-task-count",
          "kafka.connect<type=connect-worker-metrics, connector=orders><>connector-running-task-count",
          "kafka.connect<type=task-error-metrics, connector=orders, task=0><>deadletterqueue-produce-failures",
          "kafka.connect<type=task-error-metrics, connector=orders, task=0><>deadletterqueue-produce-requests");

  private static final Pattern NAME = Pattern.compile("\\b(?:tidemark|kafka)_[a-z_]+");

  private final List<Rule> rules = new ArrayList<>();

  private record Rule(Pattern pattern, String name, String type, String labels) {

    /** Name and labels that the exporter makes of a bean's attribute, or null. */
    String of(String attribute) {
      Matcher matcher = Pattern.compile("^.*(?:" + pattern + ").*$").matcher(attribute + ": 1.0");
      return matcher.matches()
          ? pattern.matcher(attribute + ":").replaceFirst(name).replace('-', '_')
              + pattern.matcher(attribute + ":").replaceFirst("{" + labels + "}")
          : null;
    }
  }

  MonitoringTest() throws IOException {
    Matcher rule =
        Pattern.compile(
                "- pattern: '(.+)'\\n    name: (\\S+)\\n    type: (\\S+)\\n    labels:\\n((?:      .+\\n?)+)")
            .matcher(Files.readString(DIRECTORY.resolve("jmx-exporter.yml")));
    while (rule.find()) {
      rules.add(
          new Rule(
              Pattern.compile(rule.group(1)),
              rule.group(2),
              rule.group(3),
              rule.group(4).strip().replaceAll("\\s*\\n\\s*", ", ").replace("\"", "")));
    }
  }

  private static String attribute(Metric metric, String connector) {
    String tag =
        switch (metric.tag()) {
          case NONE -> "";
          case OPERATOR -> ", operator=minutes";
          case TABLE -> ", table=\"s3a://lake/orders\"";
        };
    return "kafka.connect<type=plugins, connector="
        + connector
        + ", task=3"
        + tag
        + "><>"
        + metric.id();
  }

  /** The first rule counts, as in the exporter. */
  private String exported(String attribute) {
    return rules.stream()
        .map(rule -> rule.of(attribute))
        .filter(name -> name != null)
        .findFirst()
        .orElse("nothing");
  }

  private static String prometheus(Metric metric) {
    return metric.id().replace('-', '_');
  }

  private static List<Metric> numbers() {
    return Arrays.stream(Metric.values()).filter(m -> m.kind() != Metric.Kind.TEXT).toList();
  }

  @Test
  void rulesGiveEachMetricItsNameAndItsLabels() {
    assertThat(rules).hasSize(6);
    assertThat(numbers())
        .allSatisfy(
            metric -> {
              String labels =
                  switch (metric.tag()) {
                    case NONE -> "connector: orders, task: 3";
                    case OPERATOR -> "connector: orders, task: 3, operator: minutes";
                    case TABLE -> "connector: orders, task: 3, table: s3a://lake/orders";
                  };
              String name = prometheus(metric) + "{" + labels + "}";
              assertThat(exported(attribute(metric, "orders"))).isEqualTo(name);
              // JMX quotes it.
              assertThat(exported(attribute(metric, "\"my:orders\"")))
                  .isEqualTo(name.replace("connector: orders", "connector: my:orders"));
            });
  }

  @Test
  void rulesTellCountersFromGauges() {
    assertThat(numbers())
        .allSatisfy(
            metric ->
                assertThat(
                        rules.stream()
                            .filter(rule -> rule.of(attribute(metric, "orders")) != null)
                            .findFirst()
                            .orElseThrow()
                            .type())
                    .isEqualTo(metric.kind().name()));
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>();
    numbers().forEach(metric -> known.add(prometheus(metric)));
    CONNECTS.forEach(attribute -> known.add(exported(attribute).replaceAll("\\{.*", "")));
    return known;
  }

  @Test
  void noPanelIsWithoutData() throws IOException {
    String dashboard = Files.readString(DIRECTORY.resolve("tidemark-dashboard.json"));
    Set<String> asked = names(dashboard, "\"expr\": \"(.+)\"");
    assertThat(known()).containsAll(asked);
    assertThat(asked)
        .as("every number has a place")
        .containsAll(
            numbers().stream()
                .filter(metric -> metric != Metric.SINK_WATERMARK)
                // Most connectors have no value of it.
                .filter(metric -> metric != Metric.SINK_RUN_DONE)
                .map(MonitoringTest::prometheus)
                .toList());
  }

  @Test
  void noAlertIsSilentForEver() throws IOException {
    String alerts = Files.readString(DIRECTORY.resolve("tidemark-alerts.yml"));
    assertThat(known()).containsAll(names(alerts, "(?s)expr: (.+?)\\n        (?:for|labels):"));
  }

  @Test
  void eachAlertHasATestAndAPlaceOnThePage() throws IOException {
    String alerts = Files.readString(DIRECTORY.resolve("tidemark-alerts.yml"));
    String tests = Files.readString(DIRECTORY.resolve("tidemark-alerts-test.yml"));
    String page = Files.readString(Checkout.root().resolve("docs/operating/monitoring.md"));
    Matcher alert = Pattern.compile("- alert: (\\w+)").matcher(alerts);
    int count = 0;
    while (alert.find()) {
      count++;
      String name = alert.group(1);
      assertThat(tests).contains("alertname: " + name);
      assertThat(page).contains("\n### " + name + "\n");
      assertThat(alerts)
          .contains("docs/operating/monitoring.md#" + name.toLowerCase(Locale.ROOT) + "\n");
    }
    assertThat(count).isGreaterThan(10);
  }

  /** Only where Prometheus is installed: the build needs no package of the system. */
  @Test
  void promtoolAcceptsTheAlertsAndTheirTests() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
        "promtool is not on the PATH: the alert rules are not tested");
    promtool("check", "rules", "tidemark-alerts.yml");
    promtool("test", "rules", "tidemark-alerts-test.yml");
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("promtool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(DIRECTORY.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Set<String> names(String text, String expression) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile(expression).matcher(text);
    while (matcher.find()) {
      Matcher name = NAME.matcher(matcher.group(1));
      while (name.find()) {
        names.add(name.group());
      }
    }
    assertThat(names).isNotEmpty();
    return names;
  }
}
