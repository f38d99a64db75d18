package io.tidemark.sink.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The configuration of a sink connector or of one of its tasks, complete and consistent. It logs
 * nothing by itself; {@link #toString} is fit for logs.
 */
public final class DeltaSinkConfig extends AbstractConfig {

  private static final ConfigDef DEFINITION = definition();
  private static final Vocabulary VOCABULARY = new Vocabulary(DEFINITION.names());

  /**
   * Reads a configuration.
   *
   * @param props what Connect hands to {@code start}, {@code name} included
   * @throws org.apache.kafka.common.config.ConfigException for the first thing that is wrong;
   *     {@link #validate} finds all
   */
  public DeltaSinkConfig(Map<String, String> props) {
    super(DEFINITION, Aliases.resolve(props), false);
    if (props.get(TaskKeys.NAME) == null) {
      throw Problem.missing(TaskKeys.NAME, "the connector must have one.").exception();
    }
    Settings settings = new Settings(originalsStrings(), new LinkedHashMap<>(values()));
    problems(props, settings).stream()
        .findFirst()
        .ifPresent(
            problem -> {
              throw problem.exception();
            });
  }

  /** The keys of the sink; Connect adds its own. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    TableKeys.define(definition);
    CheckpointKeys.define(definition);
    RecordKeys.define(definition);
    BatchKeys.define(definition);
    FileKeys.define(definition);
    TaskKeys.define(definition);
    return definition;
  }

  /**
   * Finds everything that is wrong, each at its key: for {@code SinkConnector.validate}. Unknown
   * keys, pass-through keys and aliases appear only when something is wrong with them.
   */
  public static Config validate(Map<String, String> props) {
    Map<String, String> given = Aliases.resolve(props);
    Map<String, ConfigValue> found = DEFINITION.validateAll(given);
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    Map<String, Object> sound = new LinkedHashMap<>();
    for (String key : DEFINITION.configKeys().keySet()) {
      ConfigValue value = found.get(key);
      values.put(key, value);
      if (value.errorMessages().isEmpty()) {
        sound.put(key, value.value());
      }
    }
    for (Problem problem : problems(props, new Settings(given, sound))) {
      values
          .computeIfAbsent(problem.key(), ConfigValue::new)
          .addErrorMessage(problem.exception().getMessage());
    }
    return new Config(new ArrayList<>(values.values()));
  }

  private static List<Problem> problems(Map<String, String> props, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    VOCABULARY.check(props.keySet(), problems);
    Aliases.check(props, problems);
    TableKeys.check(settings, problems);
    CheckpointKeys.check(settings, problems);
    TaskKeys.check(settings, problems);
    return problems;
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

  /** The properties of one task, for {@code SinkConnector.taskConfigs}. */
  public Map<String, String> taskProps(int number, int count) {
    Map<String, String> props = new TreeMap<>(originalsStrings());
    props.put(TaskKeys.NUMBER, String.valueOf(number));
    props.put(TaskKeys.COUNT, String.valueOf(count));
    return props;
  }

  /** Which table takes which topic. */
  public TableLocations tables() {
    String path = getString(TableKeys.PATH);
    if (path != null) {
      return new TableLocations.OneTable(Location.normalise(path));
    }
    Optional<Pattern> topics =
        Optional.ofNullable((String) originals().get(TableKeys.TOPICS_REGEX)).map(Pattern::compile);
    return new TableLocations.Named(
        Location.normalise(getString(TableKeys.BASE_PATH)),
        new TableNameFormat(getString(TableKeys.NAME_FORMAT), topics));
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

  /** Partition columns of new tables, in order; empty for none. */
  public List<PartitionTerm> partitionBy() {
    return getList(TableKeys.PARTITION_BY).stream()
        .flatMap(text -> PartitionTerm.parse(text).stream())
        .toList();
  }

  /** Whether a missing table is created. */
  public boolean createsTables() {
    return getBoolean(TableKeys.AUTO_CREATE);
  }

  /** What happens when a record has a field that the table has not. */
  public SchemaEvolution schemaEvolution() {
    return SchemaEvolution.valueOf(upperCase(TableKeys.SCHEMA_EVOLUTION));
  }

  /** Properties of new tables, such as {@code delta.enableChangeDataFeed}. */
  public Map<String, String> tableProperties() {
    return Collections.unmodifiableMap(PassThrough.TABLE_PROPERTIES.select(originalsStrings()));
  }

  /** Metadata columns, in the order wanted; empty for none. */
  public List<MetadataColumn> metadataColumns() {
    return getList(RecordKeys.METADATA_COLUMNS).stream()
        .map(text -> MetadataColumn.valueOf(text.toUpperCase(Locale.ROOT)))
        .toList();
  }

  /** What happens to a record whose value is null. */
  public NullValues nullValues() {
    return NullValues.valueOf(upperCase(RecordKeys.NULL_VALUES));
  }

  /** Whether a record that cannot be written is reported and left out, instead of failing. */
  public boolean toleratesErrors() {
    return "all".equalsIgnoreCase((String) originals().get(RecordKeys.ERRORS_TOLERANCE));
  }

  /** Time between commits, at least 100. */
  public long commitIntervalMs() {
    return getLong(BatchKeys.COMMIT_INTERVAL_MS);
  }

  /** Records after which a task seals; {@link Long#MAX_VALUE} for no bound. */
  public long commitMaxRecords() {
    return unboundedIfZero(BatchKeys.COMMIT_MAX_RECORDS);
  }

  /** Bytes after which a task seals; {@link Long#MAX_VALUE} for no bound. */
  public long commitMaxBytes() {
    return unboundedIfZero(BatchKeys.COMMIT_MAX_BYTES);
  }

  /** Sealed, not yet committed segments at which a task pauses its partitions, at least 1. */
  public int maxUncommittedBatches() {
    return getInt(BatchKeys.MAX_UNCOMMITTED_BATCHES);
  }

  /** Committed batches that keep their entries in the checkpoint location, at least 2. */
  public int retainBatches() {
    return getInt(CheckpointKeys.RETAIN_BATCHES);
  }

  /** Consecutive failures at which a task fails, at least 1. */
  public int taskMaxFailures() {
    return getInt(BatchKeys.MAX_FAILURES);
  }

  /** Size at which a data file is closed, at least 1. */
  public long fileTargetBytes() {
    return getLong(FileKeys.TARGET_BYTES);
  }

  /** Compression of the data files. */
  public CompressionCodecName parquetCodec() {
    return CompressionCodecName.valueOf(upperCase(FileKeys.CODEC));
  }

  /** Data files that a task keeps open, at least 1. */
  public int maxOpenFiles() {
    return getInt(FileKeys.MAX_OPEN_FILES);
  }

  /** Memory that the open data files of this task may take; by default a quarter of the heap. */
  public long bufferMaxBytes() {
    long bytes = getLong(FileKeys.BUFFER_MAX_BYTES);
    return bytes == 0 ? Runtime.getRuntime().maxMemory() / 4 : bytes;
  }

  /** Settings for Hadoop's configuration under Hadoop's names; the values may be credentials. */
  public Map<String, Password> hadoopProperties() {
    Map<String, Password> properties = new TreeMap<>();
    PassThrough.HADOOP
        .select(originalsStrings())
        .forEach((key, value) -> properties.put(key, new Password(value)));
    return Collections.unmodifiableMap(properties);
  }

  /** The values in effect, sorted; credentials hidden, foreign keys left out. */
  @Override
  public String toString() {
    Map<String, Object> shown = new TreeMap<>(values());
    shown.values().removeAll(Collections.singleton(null));
    tableProperties()
        .forEach((key, value) -> shown.put(PassThrough.TABLE_PROPERTIES.prefix() + key, value));
    hadoopProperties().forEach((key, value) -> shown.put(PassThrough.HADOOP.prefix() + key, value));
    return connectorName() + " " + shown;
  }

  private long unboundedIfZero(String key) {
    long bound = getLong(key);
    return bound == 0 ? Long.MAX_VALUE : bound;
  }

  private String upperCase(String key) {
    return getString(key).toUpperCase(Locale.ROOT);
  }
}
