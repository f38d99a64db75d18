package io.tidemark.command;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.location.LocationScan;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.recovery.OffsetRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Resets offsets, or returns to a batch. */
@Command(
    name = "reset",
    description = {
      "Resets partitions so that they start as if they were never read; or returns to an earlier"
          + " batch, with its offsets and its open windows. It writes one batch; what tasks have"
          + " begun before that batch is no longer accepted. Tables keep their rows: records that"
          + " are read again are in them twice, unless you restored or emptied the tables.",
      "Stop the connector first (PUT /connectors/<name>/stop)."
    },
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ResetOptions reset;

  @ArgGroup(multiplicity = "1")
  private Target target;

  private static final class Target {
    @Option(names = "--topic", paramLabel = "TOPIC", description = "Reset this topic.")
    private String topic;

    @Option(names = "--all", description = "Reset all topics.")
    private boolean all;

    @Option(
        names = "--to-batch",
        paramLabel = "N",
        description = "Return to the end of this batch, which must be retained.")
    private Long batch;
  }

  @Override
  public Integer call() throws IOException {
    LocationScan scan = reset.scan();
    PrintWriter out = spec.commandLine().getOut();
    OffsetRequests requests = new OffsetRequests(scan.checkpoint());
    String id = UUID.randomUUID().toString();
    if (target.batch != null) {
      return reset.run(
          scan,
          requests.returnTo(id, "tidemark reset --to-batch " + target.batch, target.batch),
          out);
    }
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    for (TopicPartition partition : requests.known()) {
      if (target.all || partition.topic().equals(target.topic)) {
        ends.put(partition, OptionalLong.empty());
      }
    }
    Optional<OffsetReset> request =
        ends.isEmpty()
            ? Optional.empty()
            : requests.alter(
                id,
                target.all ? "tidemark reset --all" : "tidemark reset --topic " + target.topic,
                ends);
    if (request.isEmpty()) {
      out.println("No batch has named a partition of it, so there is nothing to reset.");
      out.flush();
      return ExitCode.FINE;
    }
    return reset.run(scan, request.get(), out);
  }
}
