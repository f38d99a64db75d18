package io.tidemark.storage;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.InvalidConfigurationValueException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.KeyProviderException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.apache.hadoop.fs.s3a.auth.NoAwsCredentialsException;
import org.apache.hadoop.fs.s3a.impl.InstantiationIOException;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a failure of a file system or an object store means for an operator. A start that fails for
 * a lasting reason says so at once; every other failure is tried again.
 *
 * <p>The answer of a store counts before the class of the exception: S3A makes one class of a wrong
 * key, of a missing permission and of a wrong clock.
 */
public final class StoreFailures {

  /** The code of a location on which a file or a permission is in the way. */
  public static final String UNUSABLE = "TM-701";

  /** Causes can be in a circle. */
  private static final int MAX_CAUSES = 20;

  /** EROFS, ENOTDIR and ENAMETOOLONG, for which Java has no classes. */
  private static final Set<String> FINAL_REASONS =
      Set.of("Read-only file system", "Not a directory", "File name too long");

  private StoreFailures() {}

  /**
   * The error to stop with at a start, when trying again at once cannot help.
   *
   * @param location as messages name it, without credentials
   * @return empty when trying again may help
   */
  public static Optional<TidemarkException> lasting(String location, IOException failure) {
    List<Throwable> causes = causes(failure);
    Optional<StoreAnswer> answer = StoreAnswer.in(causes, location);
    if (answer.isPresent()) {
      return error(answer.get(), location, failure);
    }
    // S3A wraps it in the class of a missing permission.
    Optional<NoAuthWithAWSException> none = first(causes, NoAuthWithAWSException.class);
    if (none.isPresent()) {
      return none.filter(StoreFailures::isFinal)
          .map(found -> StorageErrors.noCredentials(location, failure));
    }
    if (first(causes, KeyProviderException.class).isPresent()
        || first(causes, InvalidConfigurationValueException.class).isPresent()) {
      // Without the cause: its text may have the key that it complains about.
      return Optional.of(StorageErrors.noCredentials(location, null));
    }
    if (first(causes, UnknownStoreException.class).isPresent()) {
      return Optional.of(StorageErrors.noBucket(location, failure));
    }
    return causes.stream().anyMatch(StoreFailures::isFinal)
        ? Optional.of(StorageErrors.unusableLocation(location, failure))
        : Optional.empty();
  }

  private static Optional<TidemarkException> error(
      StoreAnswer answer, String location, IOException failure) {
    return switch (answer.meaning()) {
      case PASSES -> Optional.empty();
      case CLOCKS_DIFFER -> Optional.of(StorageErrors.clocksDiffer(location, failure));
      case OTHER_REGION -> Optional.of(StorageErrors.otherRegion(location, answer.text(), failure));
      case NO_BUCKET -> Optional.of(StorageErrors.noBucket(location, failure));
      case REFUSED ->
          Optional.of(StorageErrors.refusedCredentials(location, answer.text(), failure));
    };
  }

  /** A provider that asks a service may have been unable to reach it. */
  private static boolean isFinal(NoAuthWithAWSException none) {
    return none instanceof NoAwsCredentialsException
        || causes(none).stream().noneMatch(IOException.class::isInstance);
  }

  private static boolean isFinal(Throwable cause) {
    return cause instanceof AccessDeniedException
        || cause instanceof AccessControlException
        || cause instanceof NotDirectoryException
        || cause instanceof ParentNotDirectoryException
        || cause instanceof InstantiationIOException
        || (cause instanceof FileSystemException refused
            && refused.getReason() != null
            && FINAL_REASONS.contains(refused.getReason()));
  }

  private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && causes.size() < MAX_CAUSES) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }
}
