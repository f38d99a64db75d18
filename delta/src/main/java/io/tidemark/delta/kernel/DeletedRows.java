package io.tidemark.delta.kernel;

import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.io.IOException;
import java.util.Arrays;

/** The positions of the rows that a deletion vector deletes from a file. */
public final class DeletedRows {

  private static final DeletedRows NONE = new DeletedRows(null);

  private final RoaringBitmapArray bitmap;

  private DeletedRows(RoaringBitmapArray bitmap) {
    this.bitmap = bitmap;
  }

  /**
   * Reads a vector; null means that no row is deleted.
   *
   * @param border the border with the errors for this file
   * @param log the log of the table
   */
  public static DeletedRows load(KernelBorder border, TableLog log, DeletionVector vector)
      throws IOException {
    return vector == null
        ? NONE
        : border.call(() -> new DeletedRows(vector.load(log.engine(), log.root())));
  }

  /** Whether the row at this position is deleted. */
  public boolean has(long position) {
    return bitmap != null && bitmap.contains(position);
  }

  /** The positions that this vector has and the other one does not, ascending. */
  public long[] without(DeletedRows other) {
    return bitmap == null
        ? new long[0]
        : Arrays.stream(bitmap.toArray()).filter(position -> !other.has(position)).toArray();
  }
}
