package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.DataFile;
import java.io.IOException;

/** Removes data files that no table version will ever name. */
@FunctionalInterface
public interface DataFileRemoval {

  /** Deletes the file; without effect when there is none. */
  void delete(DataFile file) throws IOException;
}
