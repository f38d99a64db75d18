package io.tidemark.storage;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What an object store said in an answer that refuses a request.
 *
 * @param meaning for the one who sent the request
 * @param text the code of the store or the status of HTTP, for messages: never a key
 */
record StoreAnswer(Meaning meaning, String text) {

  /** From the one that says most to the one that says least: causes often have several. */
  enum Meaning {
    /** A provider may have other credentials the next time. */
    PASSES,
    CLOCKS_DIFFER,
    OTHER_REGION,
    NO_BUCKET,
    REFUSED
  }

  /** Codes of S3, of AWS STS and of Azure. */
  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          Map.entry("ExpiredToken", Meaning.PASSES),
          Map.entry("ExpiredTokenException", Meaning.PASSES),
          Map.entry("TokenRefreshRequired", Meaning.PASSES),
          Map.entry("RequestTimeTooSkewed", Meaning.CLOCKS_DIFFER),
          Map.entry("PermanentRedirect", Meaning.OTHER_REGION),
          Map.entry("AuthorizationHeaderMalformed", Meaning.OTHER_REGION),
          Map.entry("IllegalLocationConstraintException", Meaning.OTHER_REGION),
          Map.entry("NoSuchBucket", Meaning.NO_BUCKET),
          Map.entry("InvalidBucketName", Meaning.NO_BUCKET),
          Map.entry("ContainerNotFound", Meaning.NO_BUCKET),
          Map.entry("FilesystemNotFound", Meaning.NO_BUCKET),
          Map.entry("AccessDenied", Meaning.REFUSED),
          Map.entry("AllAccessDisabled", Meaning.REFUSED),
          Map.entry("InvalidAccessKeyId", Meaning.REFUSED),
          Map.entry("SignatureDoesNotMatch", Meaning.REFUSED),
          Map.entry("InvalidToken", Meaning.REFUSED),
          Map.entry("InvalidClientTokenId", Meaning.REFUSED),
          Map.entry("InvalidIdentityToken", Meaning.REFUSED),
          Map.entry("AuthenticationFailed", Meaning.REFUSED),
          Map.entry("InvalidAuthenticationInfo", Meaning.REFUSED),
          Map.entry("NoAuthenticationInformation", Meaning.REFUSED),
          Map.entry("AuthorizationFailure", Meaning.REFUSED),
          Map.entry("AuthorizationPermissionMismatch", Meaning.REFUSED),
          Map.entry("InsufficientAccountPermissions", Meaning.REFUSED),
          Map.entry("KeyBasedAuthenticationNotPermitted", Meaning.REFUSED),
          Map.entry("AccountIsDisabled", Meaning.REFUSED));

  /** What Google Cloud Storage says with status 404, which has no code of its own. */
  private static final String GOOGLE_BUCKET = "The specified bucket does not exist";

  /** Azure's only sign of a wrong clock; its code is that of a wrong key. */
  private static final String AZURE_CLOCK = "Request date header too old";

  /**
   * The answer among the causes of a failure; the one that says most.
   *
   * @param location whose names are no codes
   */
  static Optional<StoreAnswer> in(List<Throwable> causes, String location) {
    return causes.stream()
        .flatMap(cause -> Stream.concat(codes(cause, location), statuses(cause)))
        .min(Comparator.comparing(StoreAnswer::meaning));
  }

  /** S3A puts the code in the text, also where it wraps no exception of the SDK. */
  private static Stream<StoreAnswer> codes(Throwable cause, String location) {
    String text = String.valueOf(cause.getMessage()).replace(location, "");
    if (cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      text += " " + answer.awsErrorDetails().errorCode();
    }
    Stream<StoreAnswer> words =
        Arrays.stream(text.split("\\W+", -1))
            .filter(CODES::containsKey)
            .map(code -> new StoreAnswer(CODES.get(code), code));
    if (text.contains(AZURE_CLOCK)) {
      return Stream.concat(words, Stream.of(new StoreAnswer(Meaning.CLOCKS_DIFFER, AZURE_CLOCK)));
    }
    return text.contains(GOOGLE_BUCKET)
        ? Stream.concat(words, Stream.of(new StoreAnswer(Meaning.NO_BUCKET, GOOGLE_BUCKET)))
        : words;
  }

  /** The answer to a HEAD has no code. */
  private static Stream<StoreAnswer> statuses(Throwable cause) {
    int status = 0;
    if (cause instanceof AwsServiceException answer) {
      status = answer.statusCode();
    } else if (cause instanceof AbfsRestOperationException answer) {
      status = answer.getStatusCode();
    } else {
      status = GoogleAnswer.ownStatus(cause);
    }
    String text = "status " + status;
    return switch (status) {
      case 301 -> Stream.of(new StoreAnswer(Meaning.OTHER_REGION, text));
      case 401, 403 -> Stream.of(new StoreAnswer(Meaning.REFUSED, text));
      default -> Stream.empty();
    };
  }
}
