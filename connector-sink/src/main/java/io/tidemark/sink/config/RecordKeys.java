package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Rule;
import io.tidemark.sink.record.MetadataColumn;
import io.tidemark.sink.record.NullValues;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** What becomes of a record. */
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
            "What each row tells about the record it came from, in columns such as "
                + "_kafka_offset. Topic, partition and offset prove that no record is missing or "
                + "doubled and compress to almost nothing; key and headers may cost as much as "
                + "the value.")
        .add(
            NULL_VALUES,
            ConfigDef.Type.STRING,
            NullValues.IGNORE.toString(),
            Rule.oneOf(names(NullValues.values())),
            Importance.MEDIUM,
            "Null values",
            "What happens to a record whose value is null, as a delete of a compacted topic has. "
                + "ignore drops it, so that deleted keys keep their rows; fail makes it an error "
                + "of the record, which errors.tolerance=all sends to the dead letter queue.");
  }

  private static List<String> names(Enum<?>... constants) {
    return Arrays.stream(constants).map(Object::toString).toList();
  }
}
