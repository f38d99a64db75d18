package io.tidemark.windows;

/** Holds the scope of each thread. */
final class BoundScope {

  static final ThreadLocal<OperatorScope> CURRENT = new ThreadLocal<>();

  private BoundScope() {}
}
