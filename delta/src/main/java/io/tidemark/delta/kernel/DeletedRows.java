package io.tidemark.delta.kernel;

import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.io.IOException;
import java.util.Arrays;

/** The positions that a deletion vector takes out of a file. */
public final class DeletedRows {

  private static final DeletedRows NONE = new DeletedRows(null);

  private final RoaringBitmapArray bitmap;

  private DeletedRows(RoaringBitmapArray bitmap) {
    this.bitmap = bitmap;
  }

  /**
   * Reads a vector; none for null.
   *
   * @param border of the file that the vector belongs to
   * @param log of the table
   */
  public static DeletedRows load(KernelBorder border, TableLog log, DeletionVector vector)
      throws IOException {
    return vector == null
        ? NONE
        : border.call(() -> new DeletedRows(vector.load(log.engine(), log.root())));
  }

  /** Whether the file has not this row any more. */
  public boolean has(long position) {
    return bitmap != null && bitmap.contains(position);
  }

  /** The positions that are in this vector and not in the other, ascending. */
  public long[] without(DeletedRows other) {
    return bitmap == null
        ? new long[0]
        : Arrays.stream(bitmap.toArray()).filter(position -> !other.has(position)).toArray();
  }
}
