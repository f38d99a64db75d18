package io.tidemark.delta.read;

import org.apache.kafka.connect.data.Struct;

/** No rows: the change does not concern any row of the file. */
final class NoRows implements FileRows {

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public long position() {
    throw new IllegalStateException("no row");
  }

  @Override
  public ChangeType changeType() {
    throw new IllegalStateException("no row");
  }

  @Override
  public Struct value() {
    throw new IllegalStateException("no row");
  }

  @Override
  public void close() {}
}
