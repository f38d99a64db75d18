package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.TidemarkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.KeyProviderException;
import org.apache.hadoop.fs.s3a.AWSBadRequestException;
import org.apache.hadoop.fs.s3a.AWSRedirectException;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.apache.hadoop.fs.s3a.auth.NoAwsCredentialsException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class StoreFailuresTest {

  private static final String LOCATION = "s3a://bucket/AccessDenied";

  @Test
  void refusesPlacesWhereTheWorkerMayNotWriteOrAFileIsInTheWay() {
    assertThat(
            List.of(
                new AccessDeniedException("/c"),
                new AccessControlException("no"),
                new NotDirectoryException("/c"),
                new ParentNotDirectoryException("/c"),
                new FileSystemException("/c", null, "Read-only file system"),
                new FileSystemException("/c", null, "Not a directory"),
                new IOException("cannot create", new AccessDeniedException("/c"))))
        .allSatisfy(failure -> assertThat(code(failure)).hasValue("TM-701"));
  }

  @Test
  void triesAgainWhatMayPass() {
    assertThat(
            List.of(
                new IOException("Input/output error"),
                new IOException((String) null),
                new NoSuchFileException("/c"),
                new FileNotFoundException(LOCATION + "/metadata"),
                new FileSystemException("/c", null, "Stale file handle"),
                new FileSystemException("/c"),
                new SocketTimeoutException("Read timed out"),
                new ConnectException("Connection refused"),
                new AWSStatus500Exception("PUT", answer(503, "SlowDown")),
                new AWSBadRequestException("PUT", answer(409, "ConditionalRequestConflict")),
                new AWSRedirectException("PUT", answer(307, "TemporaryRedirect")),
                azure(500, "InternalError"),
                azure(409, "ContainerBeingDeleted")))
        .allSatisfy(failure -> assertThat(code(failure)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "403, InvalidAccessKeyId, TM-706",
    "403, SignatureDoesNotMatch, TM-706",
    "403, AccessDenied, TM-706",
    "404, NoSuchBucket, TM-707",
    "301, PermanentRedirect, TM-708",
    "400, AuthorizationHeaderMalformed, TM-708",
    "403, RequestTimeTooSkewed, TM-709",
  })
  void tellsTheReasonsOfS3ApartByTheirCode(int status, String code, String error) {
    assertThat(code(denied(answer(status, code)))).hasValue(error);
    assertThat(code(new IOException("cannot delete a: " + code + ": Injected"))).hasValue(error);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthenticationFailed, TM-706",
    "403, AuthorizationPermissionMismatch, TM-706",
    "401, NoAuthenticationInformation, TM-706",
    "403, Unheard, TM-706",
    "404, ContainerNotFound, TM-707",
    "404, FilesystemNotFound, TM-707",
    "403, AuthenticationFailed Request date header too old: 'Mon', TM-709",
  })
  void tellsTheReasonsOfAzureApart(int status, String text, String error) {
    IOException failure = azure(status, text);
    assertThat(code(failure)).hasValue(error);
    assertThat(code(new IOException("rename", failure))).hasValue(error);
  }

  @Test
  void goesByTheStatusWhereTheAnswerHasNoBody() {
    assertThat(code(denied(answer(403, null)))).hasValue("TM-706");
    assertThat(code(new AWSRedirectException("HEAD", answer(301, null)))).hasValue("TM-708");
    assertThat(code(new UnknownStoreException(LOCATION, "no bucket"))).hasValue("TM-707");
    assertThat(code(new FileNotFoundException(LOCATION))).isEmpty();
  }

  @Test
  void waitsForAProviderToRenewAnExpiredToken() {
    assertThat(code(new AWSBadRequestException("PUT", answer(400, "ExpiredToken")))).isEmpty();
    assertThat(code(denied(answer(403, "ExpiredTokenException")))).isEmpty();
  }

  @Test
  void namesWhereItLookedForCredentials() {
    TidemarkException error = lasting(denied(new NoAwsCredentialsException("Simple", "none")));
    assertThat(error)
        .hasMessageContainingAll(
            "TM-705",
            LOCATION,
            "hadoop.fs.s3a.access.key",
            "web identity",
            "profile",
            "instance",
            "hadoop.fs.azure.account.auth.type");

    IOException unreachable = new ConnectException("sts: Connection refused");
    assertThat(code(denied(new NoAuthWithAWSException("AssumedRole", unreachable))))
        .as("the service of roles may be back soon")
        .isEmpty();
  }

  @Test
  void neverRepeatsAKey() {
    TidemarkException error =
        lasting(new KeyProviderException("Failure to initialize key =\"secret\""));
    assertThat(error).hasMessageContaining("TM-705").hasNoCause();
    assertThat(lasting(denied(answer(403, "InvalidAccessKeyId"))))
        .hasMessageContainingAll("InvalidAccessKeyId", "s3:PutObject", "Blob Data Contributor")
        .hasMessageNotContaining("AKIA");
  }

  @Test
  void endsWhereCausesAreInACircle() {
    IOException failure = new IOException("outer");
    failure.initCause(new IOException("inner", failure));
    assertThat(code(failure)).isEmpty();
  }

  private static Optional<String> code(IOException failure) {
    return StoreFailures.lasting(LOCATION, failure).map(TidemarkException::code);
  }

  private static TidemarkException lasting(IOException failure) {
    return StoreFailures.lasting(LOCATION, failure).orElseThrow();
  }

  /** As S3A translates most of what it is refused. */
  private static IOException denied(Exception cause) {
    IOException denied = new AccessDeniedException(LOCATION + "/a", null, "PUT: " + LOCATION);
    denied.initCause(cause);
    return denied;
  }

  private static AwsServiceException answer(int status, String code) {
    return AwsServiceException.builder()
        .message("AKIAIOSFODNN7EXAMPLE")
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().serviceName("S3").errorCode(code).build())
        .build();
  }

  private static IOException azure(int status, String text) {
    return new AbfsRestOperationException(status, "", text, null);
  }
}
