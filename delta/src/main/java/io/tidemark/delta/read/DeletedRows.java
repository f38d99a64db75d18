package io.tidemark.delta.read;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorStoredBitmap;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The positions that a deletion vector takes out of a file. */
final class DeletedRows {

  private static final DeletedRows NONE = new DeletedRows(null);

  private final RoaringBitmapArray bitmap;

  private DeletedRows(RoaringBitmapArray bitmap) {
    this.bitmap = bitmap;
  }

  /** Reads a vector; none for null. */
  static DeletedRows load(TableLog log, DeletionVectorDescriptor vector) throws IOException {
    if (vector == null) {
      return NONE;
    }
    Optional<String> root = Optional.of(log.root().toString());
    return new DeletedRows(
        new DeletionVectorStoredBitmap(vector, root).load(log.engine().getFileSystemClient()));
  }

  boolean has(long position) {
    return bitmap != null && bitmap.contains(position);
  }

  /** The positions that are in this vector and not in the other, ascending. */
  long[] without(DeletedRows other) {
    return bitmap == null
        ? new long[0]
        : Arrays.stream(bitmap.toArray()).filter(position -> !other.has(position)).toArray();
  }
}
