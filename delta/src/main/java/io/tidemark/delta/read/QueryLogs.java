package io.tidemark.delta.read;

import java.io.IOException;
import java.util.Optional;

/** Opens the logs of tables, to find out what a query has committed. */
@FunctionalInterface
public interface QueryLogs {

  /**
   * Opens the log of the table at a location.
   *
   * @return empty when there is no table
   * @throws io.tidemark.common.TidemarkException when it cannot be read correctly (TM-2nn)
   */
  Optional<QueryLog> open(String location) throws IOException;
}
