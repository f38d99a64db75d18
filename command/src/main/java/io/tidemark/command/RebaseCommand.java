package io.tidemark.command;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.error.CommandErrors;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.reset.WantedOffsets;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.recovery.OffsetRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets the offsets from which a topic is read next. */
@Command(
    name = "rebase",
    description = {
      "Sets the offsets from which a topic is read next, for example after the topic was created"
          + " again. It writes one batch; what tasks have begun before that batch is no longer"
          + " accepted. The table keeps its rows. With windowed aggregates, the offsets must be the"
          + " end offsets of a retained batch, whose open windows are restored.",
      "Stop the connector first (PUT /connectors/<name>/stop)."
    },
    mixinStandardHelpOptions = true)
final class RebaseCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ResetOptions reset;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "The topic.")
  private String topic;

  @Option(
      names = "--to",
      paramLabel = "OFFSETS",
      defaultValue = "earliest",
      description =
          "earliest (default) or latest, which need --bootstrap-server; or JSON by partition, such"
              + " as {\"0\":1500,\"1\":null}, null for a partition that starts as if it was never read.")
  private String to;

  @Override
  public Integer call() throws IOException {
    LocationScan scan = reset.scan();
    requireKnown(scan);
    SortedMap<TopicPartition, OptionalLong> ends = wanted(scan);
    PrintWriter out = spec.commandLine().getOut();
    Optional<OffsetReset> request =
        new OffsetRequests(scan.checkpoint())
            .alter(UUID.randomUUID().toString(), "tidemark rebase --topic " + topic, ends);
    if (request.isEmpty()) {
      out.println("Every partition of " + topic + " has these offsets already.");
      out.flush();
      return ExitCode.FINE;
    }
    return reset.run(scan, request.get(), out);
  }

  private void requireKnown(LocationScan scan) throws IOException {
    SortedSet<String> known =
        new TreeSet<>(scan.committed().continuity().origin().topicIds().keySet());
    scan.committed().frontier().ends().keySet().forEach(partition -> known.add(partition.topic()));
    if (!known.contains(topic)) {
      throw CommandErrors.topicUnknown(scan.storage().location(), topic, known);
    }
  }

  private SortedMap<TopicPartition, OptionalLong> wanted(LocationScan scan) throws IOException {
    if (!to.equals("earliest") && !to.equals("latest")) {
      try {
        return WantedOffsets.parse(topic, to);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "Invalid value for --to: " + e.getMessage() + ".", e);
      }
    }
    if (!kafka.isGiven()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--to " + to + " needs --bootstrap-server, to ask Kafka for it.");
    }
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    // Partitions that the topic no longer has are forgotten.
    scan.committed()
        .frontier()
        .ends()
        .keySet()
        .forEach(
            partition -> {
              if (partition.topic().equals(topic)) {
                ends.put(partition, OptionalLong.empty());
              }
            });
    kafka
        .offsetsOf(topic, to.equals("latest") ? OffsetSpec.latest() : OffsetSpec.earliest())
        .forEach((partition, offset) -> ends.put(partition, OptionalLong.of(offset)));
    return ends;
  }
}
