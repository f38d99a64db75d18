package io.tidemark.windows.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an aggregation gives a row for each record, in front of any sink.
 *
 * @param directory where the worker keeps state, absolute
 * @param id tells the state of one aggregation of a connector from those of others
 * @param retentionMs how long a window that has ended stays readable
 * @param maxGapOffsets how many offsets may be missing; any number if negative
 * @param topic of the rows; empty for that of the record
 */
public record UpdateSpec(
    Path directory, String id, long retentionMs, long maxGapOffsets, Optional<String> topic) {}
