package io.tidemark.delta.read;

import java.io.IOException;
import java.util.Optional;

/** The Delta tables that a source reads. Thread-safe; its tables are not. */
public interface ReadableTables {

  /**
   * Opens the table at a location.
   *
   * @return empty when there is none
   * @throws io.tidemark.common.TidemarkException when it cannot be read rightly (TM-2nn)
   */
  Optional<ReadableTable> open(String location) throws IOException;
}
