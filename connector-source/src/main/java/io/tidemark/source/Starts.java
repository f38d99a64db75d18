package io.tidemark.source;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.ReadableTables;
import io.tidemark.source.config.DeltaSourceConfig;
import io.tidemark.source.error.SourceErrors;
import io.tidemark.source.offset.Position;
import io.tidemark.source.plan.StartingPoint;
import io.tidemark.storage.StoreFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the tables of a connector are read from on the first start. */
final class Starts {

  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
  private static final long PAUSE_MS = 500;

  private final DeltaSourceConfig config;
  private final ReadableTables tables;

  Starts(DeltaSourceConfig config, ReadableTables tables) {
    this.config = config;
    this.tables = tables;
  }

  /** A position for each table; retries after failures. */
  List<Position> resolve() {
    List<Position> starts = new ArrayList<>();
    for (String table : config.tables()) {
      starts.add(resolve(table));
    }
    LOG.info(
        "{} reads {} from {} if it has not read them before",
        config.connectorName(),
        config.tables(),
        starts);
    return starts;
  }

  private Position resolve(String table) {
    for (int failures = 1; ; failures++) {
      try {
        return StartingPoint.resolve(config.startingPoint(), tables.open(table));
      } catch (IOException e) {
        Optional<TidemarkException> lasting = StoreFailures.lasting(table, e);
        if (lasting.isPresent()) {
          throw lasting.get();
        }
        if (failures >= config.taskMaxFailures()) {
          throw SourceErrors.retriesExhausted(table, failures, e);
        }
        LOG.warn("Failed to look at {}. Trying again in {} ms: {}", table, PAUSE_MS, e.toString());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while waiting to try again", e);
    }
  }
}
