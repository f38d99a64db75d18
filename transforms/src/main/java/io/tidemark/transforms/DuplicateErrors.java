package io.tidemark.transforms;

import io.tidemark.windows.FatalError;

/** What ends a task because of {@code DropDuplicates}, {@code TM-480}. */
final class DuplicateErrors {

  private DuplicateErrors() {}

  /** It runs in front of another connector. */
  static FatalError noOperator(String topic) {
    return FatalError.of(
        "TM-480",
        """
        Cannot drop duplicates of %s: DropDuplicates works in the chain of
        io.tidemark.sink.DeltaSinkConnector only, which commits the keys together with the rows. In front
        of another sink, write the records with that connector first and read its table with
        io.tidemark.source.DeltaSourceConnector.""",
        topic);
  }
}
