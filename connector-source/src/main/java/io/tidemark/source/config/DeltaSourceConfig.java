package io.tidemark.source.config;

import io.tidemark.connector.ConfigCheck;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Settings;
import io.tidemark.delta.schema.TemporalMode;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.Assignment;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.plan.StartingPoint;
import io.tidemark.source.read.ReadOptions;
import io.tidemark.source.record.RecordOptions;
import io.tidemark.source.task.BatchLimits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * The configuration of a source connector or of one of its tasks, complete and consistent. It logs
 * nothing itself; {@link #toString} hides credentials.
 */
public final class DeltaSourceConfig extends AbstractConfig {

  private static final ConfigCheck CHECK =
      new ConfigCheck(
          definition(), SourceVocabulary.of(definition().names()), DeltaSourceConfig::crossCheck);

  /**
   * The number of files of a snapshot that are listed at once, some megabytes: each listing costs
   * one pass over all files of the table.
   */
  private static final int PAGE_FILES = 10_000;

  /** A poll that finds little returns after this time, so that a task can be stopped. */
  private static final long POLL_MS = 500;

  /**
   * Reads a configuration.
   *
   * @param props what Connect hands to {@code start}, {@code name} included
   * @throws org.apache.kafka.common.config.ConfigException for the first thing that is wrong;
   *     {@link #validate} finds all
   */
  public DeltaSourceConfig(Map<String, String> props) {
    super(CHECK.definition(), CHECK.resolve(props), false);
    CHECK.require(props, this);
  }

  /** The keys of the source; Connect adds its own. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    TableKeys.define(definition);
    StartKeys.define(definition);
    RecordKeys.define(definition);
    ReadKeys.define(definition);
    TaskKeys.define(definition);
    return definition;
  }

  /** Finds everything that is wrong, each at its key: for {@code Connector.validate}. */
  public static Config validate(Map<String, String> props) {
    return CHECK.validate(props);
  }

  private static void crossCheck(Settings settings, List<Problem> problems) {
    TableKeys.check(settings, problems);
    StartKeys.check(settings, problems);
    RecordKeys.check(TableKeys.locations(settings), settings, problems);
    TaskKeys.check(settings, problems);
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

  /** Locations of the tables, without slashes at their ends. */
  public List<String> tables() {
    return TableKeys.locations(new Settings(originalsStrings(), new LinkedHashMap<>(values())));
  }

  /** The key that names the tables. */
  public String tablesKey() {
    return getString(TableKeys.PATH) == null ? TableKeys.PATHS : TableKeys.PATH;
  }

  /** The shards of each table. */
  public Shards shards() {
    return new Shards(getInt(TableKeys.SHARDS));
  }

  /** The shards that each task reads, for this maximum number of tasks. */
  public List<List<ShardRange>> assignment(int maxTasks) {
    return Assignment.of(tables().size(), shards(), maxTasks);
  }

  /** What this task reads. */
  public List<ShardRange> ranges() {
    return assignment(getInt(TaskKeys.COUNT)).get(taskNumber());
  }

  /** The start position of the table with this number if nothing of it has been read. */
  public Position start(int table) {
    return TaskKeys.position(getList(TaskKeys.STARTS).get(table));
  }

  /**
   * The properties of one task, for {@code SourceConnector.taskConfigs}.
   *
   * @param starts a position for each table
   */
  public Map<String, String> taskProps(int number, int maxTasks, List<Position> starts) {
    Map<String, String> props = new TreeMap<>(originalsStrings());
    props.put(TaskKeys.NUMBER, String.valueOf(number));
    props.put(TaskKeys.COUNT, String.valueOf(maxTasks));
    props.put(TaskKeys.STARTS, TaskKeys.text(starts));
    return props;
  }

  /** Where tables are read from on the first start. */
  public StartingPoint startingPoint() {
    return StartKeys.point(
        getString(StartKeys.VERSION),
        getBoolean(StartKeys.EXCLUSIVE),
        getString(StartKeys.TIMESTAMP));
  }

  /** What is read of the tables. */
  public ReadOptions readOptions() {
    return new ReadOptions(
        getBoolean(TableKeys.CHANGE_FEED),
        getBoolean(TableKeys.IGNORE_DELETES),
        getBoolean(TableKeys.SKIP_CHANGES),
        getBoolean(TableKeys.FAIL_ON_LOSS),
        PAGE_FILES);
  }

  /** How rows become records. */
  public RecordOptions recordOptions() {
    return new RecordOptions(
        getString(RecordKeys.TOPIC),
        getList(RecordKeys.KEY_FIELDS),
        getBoolean(RecordKeys.HEADERS),
        getBoolean(RecordKeys.TOMBSTONES));
  }

  /** How rows carry timestamps. */
  public TemporalMode temporalMode() {
    return TemporalMode.valueOf(getString(RecordKeys.TEMPORAL_MODE).toUpperCase(Locale.ROOT));
  }

  /** How much is read at a time. */
  public BatchLimits batchLimits() {
    return new BatchLimits(
        getInt(ReadKeys.MAX_RECORDS),
        getInt(ReadKeys.MAX_FILES),
        getLong(ReadKeys.MAX_BYTES),
        POLL_MS,
        getLong(ReadKeys.TRANSACTION_RECORDS),
        getLong(ReadKeys.TRANSACTION_MS));
  }

  /** Time between two checks for new versions, milliseconds. */
  public long pollIntervalMs() {
    return getLong(ReadKeys.INTERVAL_MS);
  }

  /** Consecutive failures at which a task fails, at least 1. */
  public int taskMaxFailures() {
    return getInt(ReadKeys.MAX_FAILURES);
  }

  /** Whether the connector may run only with exactly-once support of the worker. */
  public boolean requiresExactlyOnce() {
    return "required".equalsIgnoreCase((String) originals().get("exactly.once.support"));
  }

  /** Settings for Hadoop's configuration under Hadoop's names; the values may be credentials. */
  public Map<String, Password> hadoopProperties() {
    Map<String, Password> properties = new TreeMap<>();
    SourceVocabulary.HADOOP
        .select(originalsStrings())
        .forEach((key, value) -> properties.put(key, new Password(value)));
    return Collections.unmodifiableMap(properties);
  }

  /** The values in effect, sorted; credentials hidden, foreign keys left out. */
  @Override
  public String toString() {
    Map<String, Object> shown = new TreeMap<>(values());
    shown.values().removeAll(Collections.singleton(null));
    hadoopProperties()
        .forEach((key, value) -> shown.put(SourceVocabulary.HADOOP.prefix() + key, value));
    return connectorName() + " " + shown;
  }
}
