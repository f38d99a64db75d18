package io.tidemark.sink.commit;

/**
 * How a plan is carried out.
 *
 * @param fresh whether this driver has just made the plan, having looked at files and tables
 * @param leavesHoles whether to void a plan whose table lacks earlier batches, because a reset of
 *     the frontier waits to come next; otherwise that is an error. The table then ends with the
 *     void plan, and the missing batches are no longer noticed
 * @param rereading judges whether segments may be left out
 * @param checkpoint what the checkpoint location is called in messages
 * @param nowMs epoch milliseconds
 */
public record Terms(
    boolean fresh, boolean leavesHoles, Rereading rereading, String checkpoint, long nowMs) {}
