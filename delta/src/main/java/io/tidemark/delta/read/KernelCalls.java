package io.tidemark.delta.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.tidemark.checkpoint.TidemarkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Turns the unchecked exceptions in which Kernel wraps failing I/O back into what they are. */
final class KernelCalls {

  private KernelCalls() {}

  /** Runs the call. Kernel's own decisions pass through, failing I/O is an {@link IOException}. */
  static <T> T run(String location, Callable<T> call) throws IOException {
    try {
      return call.call();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (KernelEngineException e) {
      Optional<TidemarkException> ours = cause(e, TidemarkException.class);
      if (ours.isPresent()) {
        throw ours.get();
      }
      Optional<JsonProcessingException> notJson = cause(e, JsonProcessingException.class);
      if (notJson.isPresent()) {
        // Kernel's message has the line, and that has values of records.
        throw ReadErrors.notJson(location, notJson.get());
      }
      Optional<FileNotFoundException> missing = cause(e, FileNotFoundException.class);
      if (missing.isPresent()) {
        throw missing.get();
      }
      throw new IOException("Table " + location + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first of a kind among a failure and its causes. */
  static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
