package io.tidemark.checkpoint.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies a plan, also among plans of the same number: the number and the first half of the
 * SHA-256 of the plan's file. The offset log entry of a batch and every table version of the batch
 * carry it. An entry or a version without a mark was not written by the connector.
 *
 * <pre>
 *   17-9f1c2a9b5f1c2a9b0d3e4f5a6b7c8d9e
 * </pre>
 */
public record PlanMark(String text) {

  private static final int BYTES = 16;
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-[0-9a-f]{" + 2 * BYTES + "}");

  /** The mark of a plan. */
  public static PlanMark of(Batch plan) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(BatchLog.content(plan));
      return new PlanMark(plan.number() + "-" + HexFormat.of().formatHex(digest, 0, BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The number of the plan; -1 when the text is not a mark. */
  long number() {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  @Override
  public String toString() {
    return text;
  }
}
