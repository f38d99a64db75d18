package io.tidemark.delta.read;

import java.io.IOException;
import java.util.Optional;

/** Opens the Delta tables that a source reads. Thread-safe; the tables are not. */
public interface ReadableTables {

  /**
   * Opens the table at a location.
   *
   * @return empty when there is none
   * @throws io.tidemark.common.TidemarkException when it cannot be read correctly (TM-2nn)
   */
  Optional<ReadableTable> open(String location) throws IOException;
}
