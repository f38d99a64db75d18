package io.tidemark.source.read;

import java.io.IOException;

/** A commit that was read is missing or has been replaced. */
final class OtherHistoryException extends IOException {

  private static final long serialVersionUID = 1L;

  OtherHistoryException(String location, long version) {
    super("version " + version + " of " + location + " is not the one any more that was read");
  }
}
