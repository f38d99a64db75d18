package io.tidemark.sink.record;

/**
 * Connect's metrics of a task's dead letters, in addition to the futures of reports. They include
 * letters for records that a converter or a transformation rejects.
 */
public interface QueueFigures {

  /** For a Connect without such metrics. */
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

  /** The number of letters that could not be written so far. */
  long unwritten();

  /** Whether the outcome of some letters is not known yet. */
  boolean isWriting();
}
