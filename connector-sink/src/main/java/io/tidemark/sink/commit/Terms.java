package io.tidemark.sink.commit;

/**
 * On which terms a plan is carried out.
 *
 * @param fresh whether this driver has just made the plan, having looked at files and tables
 * @param leavesHoles whether to void a plan whose table lacks earlier batches, since somebody waits
 *     for the frontier to move next; otherwise that is an error. The table ends with the void plan
 *     then, and nobody sees the hole any more
 * @param rereading judges whether segments may be left out
 * @param checkpoint what the checkpoint location is called in messages
 * @param nowMs epoch milliseconds
 */
public record Terms(
    boolean fresh, boolean leavesHoles, Rereading rereading, String checkpoint, long nowMs) {}
