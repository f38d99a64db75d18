package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** The offset ranges of a batch as a table version names them: {@code orders-3} to text. */
public final class NamedRanges {

  private static final Pattern RANGE = Pattern.compile("\\[([0-9]{1,18}), ([0-9]{1,18})\\)");
  private static final Pattern PARTITION = Pattern.compile("(.+)-([0-9]{1,9})");

  private NamedRanges() {}

  /** The ranges that can be parsed; other text is not ours and is ignored. */
  public static SortedMap<TopicPartition, OffsetRange> parse(Map<String, String> texts) {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    texts.forEach(
        (partition, range) ->
            partition(partition)
                .ifPresent(name -> range(range).ifPresent(found -> ranges.put(name, found))));
    return ranges;
  }

  private static Optional<TopicPartition> partition(String text) {
    Matcher matcher = PARTITION.matcher(text);
    return matcher.matches()
        ? Optional.of(new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  private static Optional<OffsetRange> range(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long from = Long.parseLong(matcher.group(1));
    long to = Long.parseLong(matcher.group(2));
    return from <= to ? Optional.of(new OffsetRange(from, to)) : Optional.empty();
  }
}
