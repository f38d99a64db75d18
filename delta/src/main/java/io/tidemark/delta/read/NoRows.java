package io.tidemark.delta.read;

import org.apache.kafka.connect.data.Struct;

/** The rows of a file of which none is meant. */
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
