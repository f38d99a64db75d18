package io.tidemark.stores;

import java.nio.charset.StandardCharsets;

/**
 * An error of an object store, in the form of S3, with the code also where Azure's clients look for
 * it.
 *
 * @param status of HTTP
 * @param code of the store
 */
public record ErrorAnswer(int status, String code) {

  public static final ErrorAnswer SLOW_DOWN = new ErrorAnswer(503, "SlowDown");
  public static final ErrorAnswer CONDITIONAL_REQUEST_CONFLICT =
      new ErrorAnswer(409, "ConditionalRequestConflict");
  public static final ErrorAnswer INTERNAL_ERROR = new ErrorAnswer(500, "InternalError");
  public static final ErrorAnswer ACCESS_DENIED = new ErrorAnswer(403, "AccessDenied");
  public static final ErrorAnswer EXPIRED_TOKEN = new ErrorAnswer(400, "ExpiredToken");

  /** The whole message, or its head alone: the answer to a HEAD has no body. */
  byte[] message(boolean headOnly) {
    String body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>Injected fault</Message><RequestId>0</RequestId></Error>
        """
            .formatted(code);
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 " + status + " " + code,
            "Content-Type: application/xml",
            "x-ms-error-code: " + code,
            "Content-Length: " + body.length(),
            "",
            "");
    return (headOnly ? head : head + body).getBytes(StandardCharsets.US_ASCII);
  }
}
