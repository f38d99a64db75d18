package io.tidemark.delta.kernel;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorStoredBitmap;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.Optional;

/**
 * The entry of the log for a deletion vector: where it is stored, and how many rows it deletes.
 *
 * @param descriptor used in this package only
 */
public record DeletionVector(DeletionVectorDescriptor descriptor) {

  /** The schema of member {@code deletionVector} of a file action. */
  public static final StructType SCHEMA = DeletionVectorDescriptor.READ_SCHEMA;

  /** The vector in a row of {@link #SCHEMA}. */
  public static DeletionVector of(Row row) {
    return new DeletionVector(DeletionVectorDescriptor.fromRow(row));
  }

  /** The vector in a row of a column of {@link #SCHEMA}, or null when there is none. */
  public static DeletionVector of(ColumnVector column, int row) {
    DeletionVectorDescriptor descriptor = DeletionVectorDescriptor.fromColumnVector(column, row);
    return descriptor == null ? null : new DeletionVector(descriptor);
  }

  /** The number of rows that it deletes. */
  public long rows() {
    return descriptor.getCardinality();
  }

  RoaringBitmapArray load(Engine engine, String root) throws IOException {
    return new DeletionVectorStoredBitmap(descriptor, Optional.of(root))
        .load(engine.getFileSystemClient());
  }
}
