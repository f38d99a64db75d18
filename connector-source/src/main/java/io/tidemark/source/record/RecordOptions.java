package io.tidemark.source.record;

import io.tidemark.delta.schema.FieldRef;
import java.util.List;

/**
 * How rows become records.
 *
 * @param topic template; {@code ${table}} stands for the last part of the table's location
 * @param keyFields texts of {@link io.tidemark.delta.schema.FieldRef}; without any, records have no
 *     key
 * @param headers whether records have headers for version, time and change
 * @param tombstones whether removed rows become records with a key and no value
 */
public record RecordOptions(
    String topic, List<String> keyFields, boolean headers, boolean tombstones) {

  private static final String TABLE = "${table}";

  /** What a field is called in a key of several. */
  public static String keyName(String field) {
    return KeyFields.name(FieldRef.parse(field));
  }

  /** The topic of a table. */
  public String topicOf(String location) {
    return topic.replace(TABLE, location.substring(location.lastIndexOf('/') + 1));
  }
}
