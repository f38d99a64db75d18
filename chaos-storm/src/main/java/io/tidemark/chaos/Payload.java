package io.tidemark.chaos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * What the record at a place says. It follows from the seed and the place, by functions that SQL
 * has too, so that a judge can recompute every record without having been told any.
 *
 * <pre>
 * {"topic":"alpha","partition":0,"seq":17,"hash":crc32(text),"text":sha2("seed/topic/partition/seq")}
 * </pre>
 */
final class Payload {

  private final long seed;
  private final MessageDigest sha256;

  Payload(long seed) {
    this.seed = seed;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The record as JSON. */
  String json(String topic, int partition, long seq) {
    String place = seed + "/" + topic + "/" + partition + "/" + seq;
    String text = HexFormat.of().formatHex(sha256.digest(place.getBytes(StandardCharsets.UTF_8)));
    CRC32 hash = new CRC32();
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    return "{\"topic\":\"%s\",\"partition\":%d,\"seq\":%d,\"hash\":%d,\"text\":\"%s\"}"
        .formatted(topic, partition, seq, hash.getValue(), text);
  }

  /**
   * A condition in Spark's SQL: the columns {@code hash} and {@code text} are those of the place.
   */
  static String sql(long seed) {
    return "text = sha2(concat_ws('/', '%d', topic, `partition`, seq), 256) AND hash = crc32(text)"
        .formatted(seed);
  }
}
