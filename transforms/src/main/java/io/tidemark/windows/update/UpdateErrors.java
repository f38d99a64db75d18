package io.tidemark.windows.update;

import io.tidemark.windows.FatalError;
import io.tidemark.windows.config.Definition;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What ends a task in front of a foreign sink, {@code TM-453} to {@code TM-459}: records and state
 * do not belong together.
 */
public final class UpdateErrors {

  private static final String ANEW =
      "delete the directory and reset the connector's offsets to the beginning, so that everything"
          + " is computed anew";

  private UpdateErrors() {}

  /** Offsets are missing. */
  static FatalError gap(TopicPartition partition, long expected, long offset, Path directory) {
    return new FatalError(
        "TM-453",
        "Cannot continue with "
            + partition
            + "@"
            + offset
            + ": the state in "
            + directory
            + " has the records up to offset "
            + expected
            + " (exclusive), and those in between may be missing. Either the partition was read by"
            + " another worker, the state is an old one, or records were lost: bring the right"
            + " state.dir to this worker, or "
            + ANEW
            + ". Or nothing is missing: transactions, compaction, converters' errors and other"
            + " transformations leave out offsets, and retention those before a new state. Then set"
            + " state.gap.max.offsets to how many may be, or to -1.",
        null);
  }

  /** A record is read again and its window is gone. */
  static FatalError gone(TopicPartition partition, long offset, Path directory) {
    return new FatalError(
        "TM-454",
        "Cannot give the row of "
            + partition
            + "@"
            + offset
            + " again: its window has left the state in "
            + directory
            + ". If offsets were reset, "
            + ANEW
            + ". If the sink commits them later than state.retention.ms after a window has ended,"
            + " make that longer. If the sink has the row, state.gap.max.offsets=-1 leaves it out.",
        null);
  }

  /** A record is read again and was never seen. */
  static FatalError backwards(TopicPartition partition, long offset, long next, Path directory) {
    return new FatalError(
        "TM-455",
        "Cannot continue with "
            + partition
            + "@"
            + offset
            + ": the state in "
            + directory
            + " has the records up to offset "
            + next
            + " (exclusive), but not this one. Another topic has taken the name, or its records were"
            + " read otherwise before. Delete the directory and reset the connector's offsets to the"
            + " beginning, so that everything is computed anew.",
        null);
  }

  /** The state belongs to another definition. */
  static FatalError otherDefinition(
      Path directory, Map<String, String> found, Map<String, String> wanted) {
    return new FatalError(
        "TM-456",
        "Cannot continue with the state in "
            + directory
            + ": it was aggregated otherwise than the transformation is configured now ("
            + Definition.difference(found, wanted)
            + "). Put the former configuration back; or choose another state.id, or "
            + ANEW
            + ". Several transformations of a connector need a state.id each.",
        null);
  }

  /** Two transformations of one task want the same state. */
  static FatalError twins(Path root) {
    return new FatalError(
        "TM-457",
        "Two transformations of the task keep their state in "
            + root
            + ", where each record would count twice. Give each a state.id of its own.",
        null);
  }

  /** The task was started again. */
  static FatalError superseded(Path root) {
    return new FatalError(
        "TM-458",
        "The task has been started again, and its successor has the state in "
            + root
            + ". Nothing was added. There is nothing to do: this is the end of the former task.",
        null);
  }

  /** The thread is no task's. */
  static FatalError noTask(String thread) {
    return new FatalError(
        "TM-459",
        "Cannot tell which connector's state to use: output.mode=update runs on the thread of a"
            + " task, which Connect calls task-thread-<connector>-<number>, and not on "
            + thread
            + ". Run it in a Connect worker.",
        null);
  }

  /** The record does not come from a topic. */
  public static FatalError noSink(String topic) {
    return new FatalError(
        "TM-460",
        "WindowedAggregate got a record for topic "
            + topic
            + " that does not come from Kafka. It aggregates what a sink connector reads: remove it"
            + " from the source connector.",
        null);
  }

  /** Nobody takes records for rows of closed windows. */
  public static FatalError noOperator() {
    return new FatalError(
        "TM-461",
        "WindowedAggregate with output.mode=append works in the chain of"
            + " io.tidemark.sink.DeltaSinkConnector alone, whose rows and state are committed"
            + " together, and with it loaded from the same plugin directory. In front of another"
            + " sink, one that replaces rows by key, use output.mode=update with a state.dir.",
        null);
  }

  /** What is kept cannot be read. */
  static FatalError unreadable(Path directory, RuntimeException cause) {
    return new FatalError(
        "TM-462",
        "Cannot use the state in "
            + directory
            + ": "
            + cause
            + ". Nothing of the current record was added. Restart the task; if that does not help, "
            + ANEW
            + ", and report the error.",
        cause);
  }
}
