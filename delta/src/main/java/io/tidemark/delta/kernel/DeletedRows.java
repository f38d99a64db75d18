package io.tidemark.delta.kernel;

import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorStoredBitmap;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

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
   * @param root the directory of the table, qualified
   */
  public static DeletedRows load(
      KernelBorder border, Engine engine, String root, DeletionVectorDescriptor vector)
      throws IOException {
    if (vector == null) {
      return NONE;
    }
    return border.call(
        () ->
            new DeletedRows(
                new DeletionVectorStoredBitmap(vector, Optional.of(root))
                    .load(engine.getFileSystemClient())));
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
