package io.tidemark.simulation;

/** A task's membership in the consumer group. */
interface Consumer {

  String name();

  Machine machine();

  /** The generation that the member has joined. */
  int generation();

  long heartbeatMs();

  void heartbeat(long nowMs);

  /** When it last polled. */
  long pollMs();
}
