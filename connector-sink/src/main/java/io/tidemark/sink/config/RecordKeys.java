package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Rule;
import io.tidemark.sink.record.MetadataColumn;
import io.tidemark.sink.record.NullValues;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** How records become rows, and what happens to records without a value. */
final class RecordKeys {

  static final String METADATA_COLUMNS = "metadata.columns";
  static final String NULL_VALUES = "behavior.on.null.values";

  static final String ERRORS_TOLERANCE = "errors.tolerance";
  static final String GROUP = "Records";

  private RecordKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            METADATA_COLUMNS,
            ConfigDef.Type.LIST,
            List.of(),
            Rule.someOf(names(MetadataColumn.values())),
            Importance.MEDIUM,
            "Metadata columns",
            """
            What each row records about its Kafka record, in columns such as _kafka_offset. With
            topic, partition and offset you can prove that no record is missing or duplicate; they
            compress to almost nothing. Key and headers can take as much space as the value.""")
        .add(
            NULL_VALUES,
            ConfigDef.Type.STRING,
            NullValues.IGNORE.toString(),
            Rule.oneOf(names(NullValues.values())),
            Importance.MEDIUM,
            "Null values",
            """
            What happens to a record whose value is null, such as a delete in a compacted topic.
            ignore skips it, so that deleted keys keep their rows; fail rejects it, and
            errors.tolerance=all then sends it to the dead letter queue.""");
  }

  private static List<String> names(Enum<?>... constants) {
    return Arrays.stream(constants).map(Object::toString).toList();
  }
}
