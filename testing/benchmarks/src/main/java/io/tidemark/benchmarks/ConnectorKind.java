package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * A connector as one plugin brings it.
 *
 * @param file its description in {@code connectors/}
 * @param pluginPath directory whose only child is the plugin
 * @param worker properties that its worker needs
 * @param sink whether it has a consumer group, which has to be gone before the next run
 * @param rows how the records of a run are counted
 * @param table the Delta table that a run makes, for the judge; null when there is none
 */
record ConnectorKind(
    String file,
    Path pluginPath,
    Map<String, String> worker,
    boolean sink,
    Function<Place, RowCount> rows,
    Function<Place, Path> table) {

  /** How many rows a run wrote; empty when it made no Delta table. */
  String detail(Place place) throws IOException {
    return table == null ? "" : "%,d rows".formatted(new DeltaRows(table.apply(place)).records());
  }

  /** Our sink into a table. */
  static ConnectorKind tidemark(Arena arena) {
    return new ConnectorKind(
        "tidemark.json",
        arena.plugins().tidemark(),
        Map.of(),
        true,
        place -> new DeltaRows(place.files().resolve("orders")),
        place -> place.files().resolve("orders"));
  }

  /** Our sink, with windows. Their rows are fewer than the records, so offsets are counted. */
  static ConnectorKind windows(Arena arena) {
    return new ConnectorKind(
        "tidemark-windows.json",
        arena.plugins().tidemark(),
        Map.of(),
        true,
        place -> new CommittedOffsets(place.files().resolve("checkpoint")),
        place -> place.files().resolve("revenue"));
  }

  /** Our source. */
  static ConnectorKind source(Arena arena, int partitions) {
    return new ConnectorKind(
        "tidemark-source.json",
        arena.plugins().tidemark(),
        Map.of("exactly.once.source.support", "enabled"),
        false,
        place -> new TopicRecords(arena.bootstrapServers(), place.output(), partitions),
        null);
  }

  /** Iceberg's sink, with a Hadoop catalog. */
  static ConnectorKind iceberg(Arena arena) {
    return new ConnectorKind(
        "iceberg.json",
        arena.plugins().of(Peer.ICEBERG),
        // Its plugins are not all registered as services.
        Map.of("plugin.discovery", "hybrid_warn"),
        true,
        place -> new IcebergRows(place.files().resolve("warehouse/db/orders")),
        null);
  }

  /** The sink that does nothing. */
  static ConnectorKind nothing(Arena arena) {
    return new ConnectorKind(
        "nothing.json",
        arena.plugins().nothing(),
        Map.of(),
        true,
        place -> new CountFiles(place.files()),
        null);
  }
}
