package io.tidemark.storage;

import java.io.IOException;
import java.util.List;

/** Storage for maintenance by a person: with operations that the protocol does not use. */
public interface MaintainedStorage extends Storage {

  /**
   * All files of a directory, temporary ones among them, in no order; empty when there is none.
   *
   * @param directory path of the directory, empty for the root
   */
  List<StoredFile> files(String directory) throws IOException;

  /** Names of the directories in a directory, in no order; empty when there is none. */
  List<String> directories(String directory) throws IOException;

  /**
   * Moves a file to a free name and creates the directory if needed.
   *
   * @throws IOException when the name is taken, or the outcome is unknown
   */
  void move(String path, String target) throws IOException;
}
