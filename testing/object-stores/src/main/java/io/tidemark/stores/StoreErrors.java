package io.tidemark.stores;

import io.tidemark.common.TidemarkException;
import java.nio.file.Path;

/** Every error of the servers for tests, codes {@code TM-94x}. */
final class StoreErrors {

  private StoreErrors() {}

  static TidemarkException serverMissing(Path place) {
    return TidemarkException.of(
        "TM-941",
        """
        %s is missing. Build the module object-stores first, or let the system property %s name the
        directory of its servers.""",
        place,
        Servers.PROPERTY);
  }

  static TidemarkException notStarted(String server, Exception cause) {
    return TidemarkException.of("TM-942", cause, "Cannot start %s: %s", server, cause.getMessage());
  }

  static TidemarkException ended(String server, int exitCode, Path log) {
    return TidemarkException.of(
        "TM-943", "%s ended with exit code %d. See its log %s.", server, exitCode, log);
  }

  static TidemarkException refused(String request, int status) {
    return TidemarkException.of("TM-944", "The server answered %s with %d.", request, status);
  }
}
