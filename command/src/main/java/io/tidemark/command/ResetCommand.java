package io.tidemark.command;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.location.LocationScan;
import io.tidemark.sink.batch.FrontierMove;
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

/** Forgets offsets, or returns to a batch. */
@Command(
    name = "reset",
    description = {
      "Forgets where partitions were read up to, so that they start as if never read; or returns to an"
          + " earlier batch, with its offsets and its open windows. One batch does it, and nothing"
          + " that tasks have begun before is accepted any more. Tables keep their rows: what is"
          + " read again is in them twice unless they were restored or emptied.",
      "Stop the connector before (PUT /connectors/<name>/stop)."
    },
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private MoveOptions move;

  @ArgGroup(multiplicity = "1")
  private Target target;

  private static final class Target {
    @Option(names = "--topic", paramLabel = "TOPIC", description = "Forget this topic.")
    private String topic;

    @Option(names = "--all", description = "Forget all topics.")
    private boolean all;

    @Option(
        names = "--to-batch",
        paramLabel = "N",
        description = "Return to the end of this batch, which has to be retained.")
    private Long batch;
  }

  @Override
  public Integer call() throws IOException {
    LocationScan scan = move.scan();
    PrintWriter out = spec.commandLine().getOut();
    OffsetRequests requests = new OffsetRequests(scan.checkpoint());
    String id = UUID.randomUUID().toString();
    if (target.batch != null) {
      return move.run(
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
    Optional<FrontierMove> request =
        ends.isEmpty()
            ? Optional.empty()
            : requests.alter(
                id,
                target.all ? "tidemark reset --all" : "tidemark reset --topic " + target.topic,
                ends);
    if (request.isEmpty()) {
      out.println("No batch has named such a partition.");
      out.flush();
      return ExitCode.FINE;
    }
    return move.run(scan, request.get(), out);
  }
}
