package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.storage.Storage;
import java.io.IOException;

/**
 * The completed batches, in Spark's {@code CommitLog} format, no newline at the end:
 *
 * <pre>
 *   v1
 *   {"nextBatchWatermarkMs":0}
 * </pre>
 */
public final class CommitLog extends NumberedLog<CommitLog.Entry> {

  /**
   * An entry.
   *
   * @param nextWatermarkMs watermark that the next batch starts with, epoch milliseconds; 0 for
   *     none
   */
  public record Entry(long nextWatermarkMs) {
    /** The entry of a batch. */
    public static Entry of(Batch batch) {
      return new Entry(batch.watermarkMs());
    }
  }

  CommitLog(Storage storage) {
    super(storage, "commits");
  }

  /**
   * Whether a batch is the newest committed one. Two look-ups tell, where a listing costs a store
   * more than ten of them: entries are created without gaps and removed oldest first, so while the
   * batch is there, none after it has been removed.
   *
   * @param number of the batch, or of {@link Batch#NONE} for no batch at all
   */
  public boolean isNewest(long number) throws IOException {
    return number == Batch.NONE.number()
        ? latest().isEmpty()
        : !exists(number + 1) && exists(number);
  }

  @Override
  byte[] encode(Entry entry) {
    ObjectNode json = Json.object();
    json.put("nextBatchWatermarkMs", entry.nextWatermarkMs());
    return SparkText.encode(Json.line(json));
  }

  @Override
  Entry decode(long number, String file, byte[] content) throws IOException {
    String[] lines = SparkText.decode(file, content);
    if (lines.length != 1) {
      throw CheckpointErrors.damagedFile(
          file, "expected one line after the version, found " + lines.length, null);
    }
    return new Entry(Json.number(Json.MAPPER.readTree(lines[0]), "nextBatchWatermarkMs"));
  }
}
