package io.tidemark.stores;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of S3 in the query of a request (AWS Signature Version 4), which cover the host but
 * neither other headers nor the body.
 */
record S3Signature(String accessKey, String secretKey) {

  private static final String REGION = "us-east-1";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * An address that is valid for an hour.
   *
   * @param path of bucket and object, not encoded
   * @param query names and values, not encoded
   */
  URI presigned(URI endpoint, String method, String path, Map<String, String> query) {
    String time = TIME.format(Instant.now());
    String date = time.substring(0, 8);
    String scope = date + "/" + REGION + "/s3/aws4_request";
    Map<String, String> parameters = new TreeMap<>(query);
    parameters.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    parameters.put("X-Amz-Credential", accessKey + "/" + scope);
    parameters.put("X-Amz-Date", time);
    parameters.put("X-Amz-Expires", "3600");
    parameters.put("X-Amz-SignedHeaders", "host");
    String encodedPath = encode(path).replace("%2F", "/");
    String encodedQuery =
        parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    String request =
        String.join(
            "\n",
            method,
            encodedPath,
            encodedQuery,
            "host:" + endpoint.getAuthority(),
            "",
            "host",
            "UNSIGNED-PAYLOAD");
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(request)));
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date, REGION, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    String signature = hex(hmac(key, toSign));
    return URI.create(
        endpoint + encodedPath + "?" + encodedQuery + "&X-Amz-Signature=" + signature);
  }

  /** The HMAC of a text with SHA-256. */
  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As in RFC 3986: a space is {@code %20}, and a tilde stays. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
