package io.tidemark.sink.record;

/**
 * What Connect tells of the dead letters of a task beside the futures of reports: of those, too,
 * that it writes for records which a converter or a transformation rejects.
 */
public interface QueueFigures {

  /** Where Connect tells nothing. */
  QueueFigures NONE =
      new QueueFigures() {
        @Override
        public long unwritten() {
          return 0;
        }

        @Override
        public boolean isWriting() {
          return false;
        }
      };

  /** How many it could not write so far. */
  long unwritten();

  /** Whether it is not known yet what becomes of some. */
  boolean isWriting();
}
