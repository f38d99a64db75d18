package io.tidemark.windows.run;

import java.io.FileNotFoundException;

/** A run's file is not there. */
public final class RunMissingException extends FileNotFoundException {

  private static final long serialVersionUID = 1L;

  public RunMissingException(String file) {
    super(file + " is missing");
  }
}
