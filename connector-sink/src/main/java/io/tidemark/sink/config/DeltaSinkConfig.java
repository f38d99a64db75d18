package io.tidemark.sink.config;

import io.tidemark.connector.ConfigCheck;
import io.tidemark.connector.Location;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Settings;
import io.tidemark.sink.audit.OffsetContinuity;
import io.tidemark.sink.file.FileOptions;
import io.tidemark.sink.file.TableOptions;
import io.tidemark.sink.kafka.AdminSettings;
import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicPolicy;
import io.tidemark.sink.record.MetadataColumn;
import io.tidemark.sink.record.NewNumbers;
import io.tidemark.sink.record.NullValues;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.SchemaEvolution;
import io.tidemark.sink.record.TableRouter;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.windows.config.Aggregation;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The configuration of a sink connector or of one of its tasks, complete and consistent. It logs
 * nothing itself; {@link #toString} hides credentials.
 */
public final class DeltaSinkConfig extends AbstractConfig {

  /** Where the checkpoint location is. */
  public static final String CHECKPOINT_LOCATION = CheckpointKeys.LOCATION;

  private static final long LARGEST_ROW_GROUP_BYTES = 128L << 20;
  private static final ConfigCheck CHECK =
      new ConfigCheck(
          definition(), SinkVocabulary.of(definition().names()), DeltaSinkConfig::crossCheck);

  /**
   * Reads a configuration.
   *
   * @param props what Connect hands to {@code start}, {@code name} included
   * @throws org.apache.kafka.common.config.ConfigException for the first thing that is wrong;
   *     {@link #validate} finds all
   */
  public DeltaSinkConfig(Map<String, String> props) {
    super(CHECK.definition(), CHECK.resolve(props), false);
    CHECK.require(props, this);
  }

  /** The keys of the sink; Connect adds its own. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    TableKeys.define(definition);
    CheckpointKeys.define(definition);
    StartKeys.define(definition);
    RecordKeys.define(definition);
    BatchKeys.define(definition);
    FileKeys.define(definition);
    TaskKeys.define(definition);
    return definition;
  }

  /** Finds everything that is wrong, each at its key: for {@code Connector.validate}. */
  public static Config validate(Map<String, String> props) {
    return CHECK.validate(props);
  }

  /** The locations that the user has set, by their keys; of a sound configuration. */
  public Map<String, String> locations() {
    Map<String, String> locations = new LinkedHashMap<>();
    for (String key : List.of(TableKeys.PATH, TableKeys.BASE_PATH, CheckpointKeys.LOCATION)) {
      if (getString(key) != null) {
        locations.put(key, getString(key));
      }
    }
    return locations;
  }

  private static void crossCheck(Settings settings, List<Problem> problems) {
    TableKeys.check(settings, problems);
    CheckpointKeys.check(settings, problems);
    StartKeys.check(settings, problems);
    TaskKeys.check(settings, problems);
    TransformationKeys.check(settings, problems);
  }

  /**
   * Keys that neither this connector nor Connect has and that are not typing errors, for a warning.
   */
  public List<String> unknownKeys() {
    return CHECK.vocabulary().unknown(originals().keySet());
  }

  /** Name of the connector. */
  public String connectorName() {
    return (String) originals().get(TaskKeys.NAME);
  }

  /** Number of this task, from 0. */
  public int taskNumber() {
    return getInt(TaskKeys.NUMBER);
  }

  /** How many tasks the connector runs at most. */
  public int taskCount() {
    return getInt(TaskKeys.COUNT);
  }

  /**
   * The properties of one task, for {@code SinkConnector.taskConfigs}.
   *
   * @param queryId that the connector reads in the checkpoint location
   */
  public Map<String, String> taskProps(int number, int count, String queryId) {
    Map<String, String> props = new TreeMap<>(originalsStrings());
    props.put(TaskKeys.NUMBER, String.valueOf(number));
    props.put(TaskKeys.COUNT, String.valueOf(count));
    props.put(TaskKeys.QUERY_ID, queryId);
    return props;
  }

  /** The query id that the task has to read; empty for a task without a connector. */
  public Optional<String> queryId() {
    return Optional.ofNullable(getString(TaskKeys.QUERY_ID));
  }

  /** Name of the connector from which this one may take the checkpoint location over. */
  public Optional<String> takenOverFrom() {
    return Optional.ofNullable(getString(CheckpointKeys.TAKEN_OVER_FROM));
  }

  /** The table of each topic. */
  public TableRouter router() {
    String path = getString(TableKeys.PATH);
    if (path != null) {
      return TableRouter.single(Location.normalise(path));
    }
    return TableRouter.byTopic(
        Location.normalise(getString(TableKeys.BASE_PATH)),
        getString(TableKeys.NAME_FORMAT),
        topicsRegex());
  }

  /** Which topics the connector reads. */
  public Predicate<String> topics() {
    Optional<Pattern> regex = topicsRegex();
    if (regex.isPresent()) {
      return regex.get().asMatchPredicate();
    }
    Set<String> names = new HashSet<>();
    for (String name : originalsStrings().getOrDefault(TableKeys.TOPICS, "").split(",", -1)) {
      names.add(name.trim());
    }
    return names::contains;
  }

  private Optional<Pattern> topicsRegex() {
    return Optional.ofNullable((String) originals().get(TableKeys.TOPICS_REGEX))
        .filter(regex -> !regex.isBlank())
        .map(Pattern::compile);
  }

  /** The windowed aggregates in front of the sink, in the order of the transformations. */
  public List<Aggregation> aggregations() {
    return TransformationKeys.windowed(originalsStrings()).stream()
        .map(TransformationKeys.Windowed::aggregation)
        .toList();
  }

  /** What Connect hands to the transformation of each of {@link #aggregations}. */
  public List<Map<String, String>> aggregationProps() {
    return TransformationKeys.windowed(originalsStrings()).stream()
        .map(TransformationKeys.Windowed::configuration)
        .toList();
  }

  /** Heap for the open groups of one aggregation of this task, at least 1. */
  public long aggregationBufferBytes(Aggregation aggregation) {
    return aggregation.bufferBytes() > 0
        ? aggregation.bufferBytes()
        : Math.max(
            1,
            Runtime.getRuntime().maxMemory()
                / 8
                / Math.max(1, taskCount())
                / Math.max(1, aggregations().size()));
  }

  /** Location of the checkpoint, without a slash at its end. */
  public String checkpointLocation() {
    String location = getString(CheckpointKeys.LOCATION);
    if (location != null) {
      return Location.normalise(location);
    }
    String table = Location.normalise(getString(TableKeys.PATH));
    return (table.endsWith("/") ? table : table + "/") + "_tidemark/" + connectorName();
  }

  /** How tables are created. */
  public TableOptions tableOptions() {
    return new TableOptions(
        getBoolean(TableKeys.AUTO_CREATE),
        SinkVocabulary.TABLE_PROPERTIES.select(originalsStrings()));
  }

  /** Whether a table may be created in a directory that has other files. */
  public boolean createsAmongFiles() {
    return getBoolean(TableKeys.AMONG_FILES);
  }

  /** How records become rows. */
  public RecordOptions recordOptions() {
    return new RecordOptions(
        NullValues.valueOf(upperCase(RecordKeys.NULL_VALUES)),
        getList(RecordKeys.METADATA_COLUMNS).stream()
            .map(text -> MetadataColumn.valueOf(text.toUpperCase(Locale.ROOT)))
            .toList(),
        SchemaEvolution.valueOf(upperCase(TableKeys.SCHEMA_EVOLUTION)),
        PartitionFields.parse(getString(TableKeys.PARTITION_BY)),
        NewNumbers.valueOf(upperCase(TableKeys.EVOLUTION_NUMBERS)));
  }

  /** How rows of closed windows are written: no record gives them metadata. */
  public RecordOptions resultOptions() {
    RecordOptions options = recordOptions();
    return new RecordOptions(
        options.nullValues(), List.of(), options.evolution(), options.partitionBy());
  }

  /** Whether a record that cannot be written is reported and left out, instead of failing. */
  public boolean toleratesErrors() {
    return "all".equalsIgnoreCase((String) originals().get(RecordKeys.ERRORS_TOLERANCE));
  }

  /** Time between commits, at least 100. */
  public long commitIntervalMs() {
    return getLong(BatchKeys.COMMIT_INTERVAL_MS);
  }

  /** When a task seals. */
  public CutPolicy cutPolicy() {
    return new CutPolicy(
        commitIntervalMs(),
        getLong(BatchKeys.COMMIT_MAX_RECORDS),
        getLong(BatchKeys.COMMIT_MAX_BYTES));
  }

  /** Sealed, not yet committed segments at which a task pauses its partitions, at least 1. */
  public int maxUncommittedBatches() {
    return getInt(BatchKeys.MAX_UNCOMMITTED_BATCHES);
  }

  /** Committed batches that keep their entries in the checkpoint location, at least 2. */
  public int retainBatches() {
    return getInt(CheckpointKeys.RETAIN_BATCHES);
  }

  /** What happens when the offsets of a batch do not continue the table. */
  public OffsetContinuity.Mode offsetAudit() {
    return OffsetContinuity.Mode.valueOf(upperCase(CheckpointKeys.AUDIT));
  }

  /** Consecutive failures at which a task fails, at least 1. */
  public int taskMaxFailures() {
    return getInt(BatchKeys.MAX_FAILURES);
  }

  /** How data files are written. */
  public FileOptions fileOptions() {
    long bufferBytes = getLong(FileKeys.BUFFER_MAX_BYTES);
    return new FileOptions(
        CompressionCodecName.valueOf(upperCase(FileKeys.CODEC)),
        getLong(FileKeys.TARGET_BYTES),
        getInt(FileKeys.MAX_OPEN_FILES),
        bufferBytes == 0 ? heapShareBytes() : bufferBytes,
        Math.min(LARGEST_ROW_GROUP_BYTES, getLong(FileKeys.TARGET_BYTES)));
  }

  /** Settings for Hadoop's configuration under Hadoop's names; the values may be credentials. */
  public Map<String, Password> hadoopProperties() {
    Map<String, Password> properties = new TreeMap<>();
    SinkVocabulary.HADOOP
        .select(originalsStrings())
        .forEach((key, value) -> properties.put(key, new Password(value)));
    return Collections.unmodifiableMap(properties);
  }

  /** How the connector's own client reaches Kafka. */
  public AdminSettings adminSettings(Optional<Map<String, Object>> worker) {
    return new AdminSettings(
        worker, originalsStrings(), SinkVocabulary.KAFKA.select(originalsStrings()));
  }

  /** Where to begin, and what to do if log start or end offsets are not as expected. */
  public TopicPolicy topicPolicy(boolean resetsToEarliest) {
    String timestamp = getString(StartKeys.TIMESTAMP);
    return new TopicPolicy(
        timestamp == null
            ? StartingOffsets.parse(getString(StartKeys.OFFSETS))
            : new StartingOffsets.Since(StartKeys.timestampMs(timestamp)),
        getBoolean(StartKeys.FAIL_ON_LOSS),
        OnTopicRecreated.of(getString(StartKeys.ON_RECREATED)),
        resetsToEarliest);
  }

  /** Whether a task stops reading at the ends that its logs have when it gets them. */
  public boolean runsUntilAvailable() {
    return StartKeys.AVAILABLE.equals(getString(StartKeys.RUN_UNTIL));
  }

  /** Whether the connector returns to the last batch of a restored table by itself. */
  public boolean rebasesRestoredTables() {
    return StartKeys.REBASE.equals(getString(StartKeys.ON_RESTORED));
  }

  /** Whether the connector appends to a table to which another query has written its topics. */
  public boolean appendsToOffsetsInTable() {
    return StartKeys.APPEND.equals(getString(StartKeys.ON_OFFSETS_IN_TABLE));
  }

  /** The values in effect, sorted; credentials hidden, foreign keys left out. */
  @Override
  public String toString() {
    Map<String, Object> shown = new TreeMap<>(values());
    shown.values().removeAll(Collections.singleton(null));
    SinkVocabulary.TABLE_PROPERTIES
        .select(originalsStrings())
        .forEach((key, value) -> shown.put(SinkVocabulary.TABLE_PROPERTIES.prefix() + key, value));
    hadoopProperties()
        .forEach((key, value) -> shown.put(SinkVocabulary.HADOOP.prefix() + key, value));
    SinkVocabulary.KAFKA
        .select(originalsStrings())
        .forEach(
            (key, value) -> shown.put(SinkVocabulary.KAFKA.prefix() + key, new Password(value)));
    return connectorName() + " " + shown;
  }

  /** A quarter of the heap for all tasks, should they all run in this worker. */
  private long heapShareBytes() {
    return Math.max(1, Runtime.getRuntime().maxMemory() / 4 / Math.max(1, taskCount()));
  }

  private String upperCase(String key) {
    return getString(key).toUpperCase(Locale.ROOT);
  }
}
