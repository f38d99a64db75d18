package io.tidemark.faults;

import java.util.List;

/** A call of the file system, and what can go wrong with it. */
enum Operation {
  CREATE(FaultKind.BEFORE, FaultKind.AFTER, FaultKind.TORN, FaultKind.TORN),
  CLOSE(FaultKind.AFTER, FaultKind.DELAY),
  RENAME(FaultKind.BEFORE, FaultKind.AFTER, FaultKind.DELAY),
  DELETE(FaultKind.BEFORE, FaultKind.AFTER),
  MKDIRS(FaultKind.BEFORE, FaultKind.AFTER),
  OPEN(FaultKind.BEFORE, FaultKind.DELAY),
  LIST(FaultKind.BEFORE, FaultKind.DELAY),
  STATUS(FaultKind.BEFORE, FaultKind.DELAY);

  @SuppressWarnings("ImmutableEnumChecker") // it is one, made by List.of
  private final List<FaultKind> kinds;

  Operation(FaultKind... kinds) {
    this.kinds = List.of(kinds);
  }

  List<FaultKind> kinds() {
    return kinds;
  }

  /** Calls that change something are few and get more faults than those that only read. */
  int weight() {
    return kinds.contains(FaultKind.AFTER) ? 4 : 1;
  }
}
