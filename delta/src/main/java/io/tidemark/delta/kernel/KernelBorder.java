package io.tidemark.delta.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.tidemark.common.TidemarkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All calls of Delta Kernel for one table are made through this class. Kernel wraps failing I/O in
 * unchecked exceptions, reports decisions as exceptions, and fails on a damaged log with any
 * exception of its parser. A call through the border throws
 *
 * <ul>
 *   <li>an {@link IOException} for failing I/O: it can be tried again;
 *   <li>a decision of Kernel that the caller has asked for, unchanged;
 *   <li>an {@link Error}, unchanged, also one that Kernel has wrapped;
 *   <li>a {@link TidemarkException} for everything else.
 * </ul>
 *
 * Iterators of Kernel read files while they advance, so a call consumes them inside the border.
 * Messages of Kernel may quote a line of the log with values of records. Of such an exception only
 * its class and the name of the file are passed on.
 */
public final class KernelBorder {

  /** A call of Kernel. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException;
  }

  /** Messages of Kernel that say what a log lacks; the text after them may quote the log. */
  private static final Pattern LACKING =
      Pattern.compile(
          "^(No (metadata|protocol) found at version \\d+"
              + "|Root node at key \\w{1,40} is null but field isn't nullable)");

  /** The class in which Kernel makes messages that have only versions, features and names. */
  private static final String COMPOSED = "io.delta.kernel.internal.DeltaErrors";

  private static final String SHADED_JSON = "io.delta.kernel.shaded.com.fasterxml.jackson.";

  private final String location;
  private final Refusals refusals;

  /**
   * @param refusals makes the errors that are not I/O
   */
  public KernelBorder(String location, Refusals refusals) {
    this.location = location;
    this.refusals = refusals;
  }

  /** The location of the table. */
  public String location() {
    return location;
  }

  /**
   * Runs a call.
   *
   * @param decisions exceptions with which Kernel reports a decision, for the caller to handle
   * @throws IOException when I/O failed
   * @throws TidemarkException when the failure is neither I/O nor such a decision
   */
  @SafeVarargs
  public final <T> T call(Call<T> call, Class<? extends RuntimeException>... decisions)
      throws IOException {
    return run("", call, decisions);
  }

  /**
   * Runs a call that reads one file of the log.
   *
   * @param file its path; messages name the last part
   */
  public <T> T reading(String file, Call<T> call) throws IOException {
    return run(file.substring(file.lastIndexOf('/') + 1), call);
  }

  @SafeVarargs
  private <T> T run(String file, Call<T> call, Class<? extends RuntimeException>... decisions)
      throws IOException {
    try {
      return call.run();
    } catch (TidemarkException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      Optional<Error> error = cause(e, Error.class);
      if (error.isPresent()) {
        throw error.get();
      }
      if (!isUnsupported(e)) {
        for (Class<? extends RuntimeException> decision : decisions) {
          if (decision.isInstance(e)) {
            throw decision.cast(e);
          }
        }
      }
      Optional<TidemarkException> ours = cause(e, TidemarkException.class);
      if (ours.isPresent()) {
        throw ours.get();
      }
      Optional<IOException> io = failedIo(e);
      if (io.isPresent()) {
        throw io(file, e, io.get());
      }
      throw refusal(file, e);
    }
  }

  /** The error for a decision that the caller cannot handle. */
  public TidemarkException refusal(RuntimeException decision) {
    return refusal("", decision);
  }

  /** The error for a table whose commits only a catalog knows. */
  TidemarkException catalogManaged() {
    return refusals.catalogManaged(location);
  }

  private TidemarkException refusal(String file, Exception e) {
    if (isUnsupported(e)) {
      return refusals.unsupported(location, e);
    }
    // With this exception Kernel says that a catalog has to name the version.
    if (e instanceof IllegalArgumentException
        && String.valueOf(e.getMessage()).contains("catalogManaged")) {
      return catalogManaged();
    }
    String what =
        isNotJson(e)
            ? "a line is not JSON."
            : why(e).orElse("Delta Kernel failed with " + e.getClass().getSimpleName());
    return refusals.unreadable(
        location, file.isEmpty() ? what : "file " + file + ": " + what, KernelFailure.of(e));
  }

  private static boolean isUnsupported(Exception e) {
    return e instanceof UnsupportedProtocolVersionException
        || e instanceof UnsupportedTableFeatureException;
  }

  private static Optional<String> why(Exception e) {
    String text = String.valueOf(e.getMessage());
    Matcher lacking = LACKING.matcher(text);
    if (lacking.find()) {
      return Optional.of(lacking.group());
    }
    StackTraceElement[] trace = e.getStackTrace();
    boolean composed =
        e instanceof KernelException
            && (e.getClass() != KernelException.class
                || (trace.length > 0 && trace[0].getClassName().equals(COMPOSED)));
    return composed ? Optional.of(text) : Optional.empty();
  }

  /** A missing file keeps its exception, because callers look for it. */
  private IOException io(String file, Exception e, IOException io) {
    if (io == e || io instanceof FileNotFoundException) {
      return io;
    }
    return new IOException(
        "Table " + location + (file.isEmpty() ? "" : ", file " + file) + ": " + io, io);
  }

  /** Jackson's exceptions extend IOException, but they mean that the content is wrong. */
  private static Optional<IOException> failedIo(Exception e) {
    return isNotJson(e) ? Optional.empty() : cause(e, IOException.class);
  }

  private static boolean isNotJson(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException
          || cause.getClass().getName().startsWith(SHADED_JSON)) {
        return true;
      }
    }
    return false;
  }

  /** The first exception of a class among a failure and its causes. */
  public static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
