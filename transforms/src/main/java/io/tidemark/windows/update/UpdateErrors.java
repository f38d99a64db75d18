package io.tidemark.windows.update;

import io.tidemark.windows.FatalError;
import io.tidemark.windows.config.Definition;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What ends a task in front of a foreign sink, {@code TM-453} to {@code TM-462}: its records and
 * its state do not belong together, or it runs in the wrong place.
 */
public final class UpdateErrors {

  private static final String BEGIN_AGAIN =
      "delete the directory and reset the connector's offsets to the beginning, so that everything"
          + " is computed again";

  private UpdateErrors() {}

  /** Offsets are missing between the state and a record. */
  static FatalError gap(TopicPartition partition, long expected, long offset, Path directory) {
    return FatalError.of(
        "TM-453",
        """
        Cannot continue with %s@%d: the state in %s has the records up to offset %d (exclusive), and
        records between may be missing. Either another worker read the partition, or the state is an
        old one, or records were lost: bring the right state.dir to this worker, or %s. Or no record
        is missing: transactions, compaction, converters' errors and other transformations leave
        gaps in the offsets, and retention leaves one before a new state. In that case set
        state.gap.max.offsets to the number of offsets that may be missing, or to -1.""",
        partition,
        offset,
        directory,
        expected,
        BEGIN_AGAIN);
  }

  /** A record is read again after its window was removed from the state. */
  static FatalError gone(TopicPartition partition, long offset, Path directory) {
    return FatalError.of(
        "TM-454",
        """
        Cannot produce the row of %s@%d again: its window has been removed from the state in %s. If
        offsets were reset, %s. If the sink commits its offsets later than state.retention.ms after
        a window has ended, increase that. If the sink has the row, state.gap.max.offsets=-1 skips
        it.""",
        partition,
        offset,
        directory,
        BEGIN_AGAIN);
  }

  /** A record below the state's offset that the state does not have. */
  static FatalError backwards(TopicPartition partition, long offset, long next, Path directory) {
    return FatalError.of(
        "TM-455",
        """
        Cannot continue with %s@%d: the state in %s has the records up to offset %d (exclusive), but
        not this one. The topic was deleted and created again, or its records were read with another
        configuration before. To continue, %s.""",
        partition,
        offset,
        directory,
        next,
        BEGIN_AGAIN);
  }

  /** The state belongs to another definition. */
  static FatalError otherDefinition(
      Path directory, Map<String, String> found, Map<String, String> wanted) {
    return FatalError.of(
        "TM-456",
        """
        Cannot continue with the state in %s: it was aggregated with another configuration than the
        transformation has now (%s). Restore the previous configuration; or choose another state.id,
        or %s. Several transformations of a connector need a state.id each.""",
        directory,
        Definition.difference(found, wanted),
        BEGIN_AGAIN);
  }

  /** Two transformations of one task have the same state. */
  static FatalError twins(Path root) {
    return FatalError.of(
        "TM-457",
        """
        Two transformations of the task keep their state in %s, so each record would count twice.
        Give each a state.id of its own.""",
        root);
  }

  /** The task was started again. */
  static FatalError superseded(Path root) {
    return FatalError.of(
        "TM-458",
        """
        The task has been started again, and the new task has the state in %s. Nothing was added.
        You need not do anything: the old task ends here.""",
        root);
  }

  /** The thread is not a task's. */
  static FatalError noTask(String thread) {
    return FatalError.of(
        "TM-459",
        """
        Cannot find out which connector's state to use: output.mode=update runs on the thread of a
        task, which Connect calls task-thread-<connector>-<number>, but this thread is %s. Run the
        transformation in a Connect worker.""",
        thread);
  }

  /** The record does not come from a topic. */
  public static FatalError noSink(String topic) {
    return FatalError.of(
        "TM-460",
        """
        WindowedAggregate got a record for topic %s that does not come from Kafka. It aggregates the
        records that a sink connector reads: remove it from the source connector.""",
        topic);
  }

  /** No operator takes the records: the sink is not the Delta sink, or is loaded separately. */
  public static FatalError noOperator() {
    return FatalError.of(
        "TM-461",
        """
        WindowedAggregate with output.mode=append works only in
        io.tidemark.sink.DeltaSinkConnector, which commits rows and state together, and only if both
        are loaded from the same plugin directory. In front of another sink, which must replace rows
        by key, use output.mode=update with a state.dir.""");
  }

  /** The content of the state cannot be read. */
  static FatalError unreadable(Path directory, RuntimeException cause) {
    return FatalError.of(
        "TM-462",
        cause,
        """
        Cannot use the state in %s: %s. Nothing of the current record was added. Restart the task;
        if that does not help, %s, and report the error.""",
        directory,
        cause,
        BEGIN_AGAIN);
  }
}
