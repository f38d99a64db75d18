package io.tidemark.checkpoint.log;

/**
 * A sorted run of partial aggregates: an immutable file of an operator's state.
 *
 * @param file name of the file in the operator's directory
 * @param bytes size of the file
 * @param crc CRC-32C of the whole file
 * @param partials number of entries, at least 1
 * @param minMicros smallest time of its partials, epoch microseconds: the start of a window's
 *     slice, or the end of a session
 * @param maxMicros largest time of its partials
 */
public record Run(
    String file, long bytes, int crc, long partials, long minMicros, long maxMicros) {}
