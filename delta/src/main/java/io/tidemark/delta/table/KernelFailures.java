package io.tidemark.delta.table;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.tidemark.checkpoint.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns the unchecked exceptions in which Kernel wraps failing I/O back into what they are. */
final class KernelFailures {

  /** A call of Kernel. */
  interface Call<T> {
    T run() throws IOException;
  }

  private KernelFailures() {}

  /**
   * Runs the call. Kernel's own decisions (a lost race, a missing table) pass through; failing I/O
   * becomes an {@link IOException}, a protocol beyond this Kernel an error that names the table.
   */
  static <T> T unwrap(String location, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (KernelEngineException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof TidemarkException ours) {
          throw ours;
        }
      }
      throw new IOException("Table " + location + ": " + e.getMessage(), e);
    } catch (UnsupportedProtocolVersionException | UnsupportedTableFeatureException e) {
      throw TableErrors.unsupportedProtocol(location, e);
    }
  }
}
