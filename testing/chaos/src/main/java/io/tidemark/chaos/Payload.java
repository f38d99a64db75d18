package io.tidemark.chaos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The content of the record at a place. It is computed from the seed and the place, by functions
 * that SQL has too, so that a judge can recompute every record.
 *
 * <pre>
 * {"topic":"alpha","partition":0,"seq":17,"at":milliseconds,"bucket":hash % 5,
 *   "hash":crc32(text),"text":sha2("seed/topic/partition/seq")}
 * </pre>
 *
 * <p>Event time goes up by ten milliseconds a round, less up to a second for disorder. One record
 * in 500 is poison, which can be neither a row nor part of a window; the first of a partition never
 * is, because it may be what gives the columns their types.
 */
final class Payload {

  /** How far a record may lie before an earlier one of its partition, in milliseconds. */
  static final int DISORDER_MS = 1_000;

  private static final long START_MS = 1_700_000_000_000L;
  private static final int ROUND_MS = 10;
  private static final int BUCKETS = 5;
  private static final int POISON_ONE_IN = 500;

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

  /**
   * The record as text; JSON except for some poison.
   *
   * @param firstRound round of the partition's first record
   */
  String json(String topic, int partition, long firstRound, long seq) {
    String text = text(topic, partition, seq);
    long hash = hash(text);
    long at = START_MS + (firstRound + seq) * ROUND_MS - hash % DISORDER_MS;
    String good =
        "{\"topic\":\"%s\",\"partition\":%d,\"seq\":%d,\"at\":%d,\"bucket\":%d,\"hash\":%d,\"text\":\"%s\"}"
            .formatted(topic, partition, seq, at, hash % BUCKETS, hash, text);
    return poison(hash, seq) ? spoilt(good, hash) : good;
  }

  /** Whether the record can become neither a row nor part of a window. */
  boolean poison(String topic, int partition, long seq) {
    return poison(hash(text(topic, partition, seq)), seq);
  }

  private static boolean poison(long hash, long seq) {
    return hash % POISON_ONE_IN == 0 && seq > 0;
  }

  /**
   * A value that a converter rejects, one that is not a row, and one that does not fit the column.
   */
  private static String spoilt(String good, long hash) {
    return switch ((int) (hash / POISON_ONE_IN % 3)) {
      case 0 -> good.substring(1);
      case 1 -> "\"" + hash + "\"";
      default -> good.replace("\"hash\":", "\"hash\":\"none\",\"hash_\":");
    };
  }

  private String text(String topic, int partition, long seq) {
    String place = seed + "/" + topic + "/" + partition + "/" + seq;
    return HexFormat.of().formatHex(sha256.digest(place.getBytes(StandardCharsets.UTF_8)));
  }

  private static long hash(String text) {
    CRC32 hash = new CRC32();
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    return hash.getValue();
  }

  /** An expression in Spark's SQL: the column {@code text} of the place. */
  static String textSql(long seed) {
    return "sha2(concat_ws('/', '%d', topic, `partition`, seq), 256)".formatted(seed);
  }

  /** A condition in Spark's SQL: the record of the columns {@code seq} and {@code hash} is good. */
  static String goodSql() {
    return "(hash %% %d != 0 OR seq = 0)".formatted(POISON_ONE_IN);
  }

  /**
   * An expression in Spark's SQL: event time, of {@code first_round}, {@code seq}, {@code hash}.
   */
  static String atSql() {
    return "%d + (first_round + seq) * %d - hash %% %d".formatted(START_MS, ROUND_MS, DISORDER_MS);
  }

  /** An expression in Spark's SQL: the bucket. */
  static String bucketSql() {
    return "hash %% %d".formatted(BUCKETS);
  }
}
