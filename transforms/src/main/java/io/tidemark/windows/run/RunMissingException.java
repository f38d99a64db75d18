package io.tidemark.windows.run;

import java.io.FileNotFoundException;

/** The file of a run is missing. */
public final class RunMissingException extends FileNotFoundException {

  private static final long serialVersionUID = 1L;

  public RunMissingException(String file) {
    super(file + " is missing");
  }
}
