package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.segment.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether segments that cannot be committed may be left out: their tasks then read the records
 * again, for which Kafka must still have them.
 */
public final class Rereading {

  private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

  private final Optional<LogStarts> kafka;
  private final boolean failOnDataLoss;

  /**
   * @param kafka empty when there is no Kafka client
   * @param failOnDataLoss whether it is an error when records cannot be read again
   */
  public Rereading(Optional<LogStarts> kafka, boolean failOnDataLoss) {
    this.kafka = kafka;
    this.failOnDataLoss = failOnDataLoss;
  }

  /** For callers that themselves decide what is read again, such as commands. Checks nothing. */
  public static Rereading unasked() {
    return new Rereading(Optional.empty(), false);
  }

  /**
   * Fails unless these segments can be left out of the batch.
   *
   * @param limits end offsets of the batch, if Spark has planned it
   */
  public void require(UnfitSegments unfit, long batch, Limits limits) throws IOException {
    if (!limits.isNone()) {
      SegmentId first = unfit.ids().iterator().next();
      throw CommitErrors.unfitForSpark(batch, first.toString(), unfit.why(first));
    }
    require(unfit);
  }

  /**
   * Fails unless the records of these segments can be read again.
   *
   * @throws io.tidemark.common.TidemarkException TM-194 or TM-195
   * @throws IOException when Kafka does not answer
   */
  void require(UnfitSegments unfit) throws IOException {
    for (Segment segment : unfit.segments()) {
      String why = unfit.why(segment.id());
      if (failOnDataLoss) {
        require(segment, why);
      }
      LOG.warn(
          "Segment {} cannot be committed and is left out. Its records {} are read again. {}",
          segment.id(),
          segment.ranges(),
          why);
    }
  }

  private void require(Segment segment, String why) throws IOException {
    if (kafka.isEmpty()) {
      throw CommitErrors.cannotAskKafka(segment.id().toString(), why);
    }
    Map<TopicPartition, OffsetRange> wanted = new TreeMap<>(segment.ranges().comparator());
    wanted.putAll(segment.ranges());
    wanted.values().removeIf(range -> range.from() == range.to());
    Map<TopicPartition, Long> starts = kafka.get().earliest(wanted.keySet());
    Map<String, String> sealedIn = segment.provenance().origin().topicIds();
    Map<String, String> now = kafka.get().topicIds(sealedIn.keySet());
    List<String> lost = new ArrayList<>();
    for (Map.Entry<TopicPartition, OffsetRange> range : wanted.entrySet()) {
      Long start = starts.get(range.getKey());
      if (start == null) {
        throw new IOException(
            "Kafka did not return the log start offset of "
                + range.getKey()
                + ", whose records must be read again");
      }
      String topic = range.getKey().topic();
      if (now.containsKey(topic) && !now.get(topic).equals(sealedIn.get(topic))) {
        // A new topic of that name has other records at these offsets.
        lost.add(range.getKey() + " " + range.getValue() + " of the previous topic");
      } else if (start > range.getValue().from()) {
        lost.add(
            TidemarkException.message(
                "%s from %d to %d",
                range.getKey(), range.getValue().from(), Math.min(start, range.getValue().to())));
      }
    }
    if (!lost.isEmpty()) {
      throw CommitErrors.notReadAgain(
          segment.id().toString(),
          why,
          lost,
          segment.files().stream().map(DataFile::path).toList());
    }
  }
}
