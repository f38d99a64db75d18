package io.tidemark.windows.update;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.fold.Accumulators;

/** The group of the current record, between state and row. */
final class OpenGroup {

  private final Accumulators.Group group;
  private final ByteReader in = new ByteReader();
  private final ByteWriter out = new ByteWriter(128);

  OpenGroup(Accumulators layout) {
    this.group = layout.group();
  }

  /**
   * Loads the group from its entry in the state.
   *
   * @param entry null when there is no entry
   * @return the last offset that the group has seen; -1 for none
   */
  long load(byte[] entry) {
    group.clear();
    if (entry == null) {
      return -1;
    }
    long last = in.reset(entry).readVarint();
    group.merge(in);
    return last;
  }

  Accumulators.Group group() {
    return group;
  }

  /** The new entry for the state. */
  byte[] entry(long lastOffset) {
    out.truncate(0);
    out.writeVarint(lastOffset);
    group.write(out);
    return out.copy();
  }
}
