package io.tidemark.sink.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidemark.checkpoint.log.Batch;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * What a table version records about its whole query, in tags of its {@code commitInfo}: the ranges
 * of one batch name only the partitions that had records in it.
 *
 * <pre>
 *   tidemark.topics     ["orders","refunds"]
 *   tidemark.tables     2
 *   tidemark.operators  ["revenue"]              with windowed aggregates only
 * </pre>
 *
 * @param topics that the query has read
 * @param tables how many tables it has written to
 * @param operators its windowed aggregates
 */
public record NamedQuery(SortedSet<String> topics, int tables, SortedSet<String> operators) {

  private static final String TOPICS = "tidemark.topics";
  private static final String TABLES = "tidemark.tables";
  private static final String OPERATORS = "tidemark.operators";

  private static final ObjectMapper JSON = new ObjectMapper();

  public NamedQuery {
    topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    operators = Collections.unmodifiableSortedSet(new TreeSet<>(operators));
  }

  /** The topics whose partitions a batch, or one before it, has named. */
  public static SortedSet<String> topics(Batch batch) {
    return topics(batch.frontier().ends().keySet());
  }

  /** The topics of these partitions. */
  public static SortedSet<String> topics(Collection<TopicPartition> partitions) {
    SortedSet<String> topics = new TreeSet<>();
    partitions.forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  /** The tags of a version of this batch. */
  public static Map<String, String> tags(Batch batch) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(TOPICS, text(topics(batch)));
    tags.put(TABLES, Integer.toString(batch.tables().size()));
    if (!batch.operators().isEmpty()) {
      tags.put(OPERATORS, text(batch.operators().keySet()));
    }
    return tags;
  }

  /** The query that the tags name; empty when they are not ours. */
  public static Optional<NamedQuery> parse(Map<String, String> tags) {
    if (!tags.containsKey(TOPICS) || !tags.getOrDefault(TABLES, "").matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new NamedQuery(
            names(tags.get(TOPICS)),
            Integer.parseInt(tags.get(TABLES)),
            names(tags.getOrDefault(OPERATORS, "[]"))));
  }

  private static String text(Collection<String> names) {
    ArrayNode array = JSON.createArrayNode();
    names.forEach(array::add);
    return array.toString();
  }

  private static SortedSet<String> names(String text) {
    SortedSet<String> names = new TreeSet<>();
    try {
      JSON.readTree(text).forEach(name -> names.add(name.asText()));
    } catch (JsonProcessingException e) {
      return new TreeSet<>();
    }
    return names;
  }
}
