package io.tidemark.windows.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an aggregation emits a row for each record, in front of any sink.
 *
 * @param directory where the worker keeps state, absolute
 * @param id distinguishes the state of this aggregation from others of the same connector
 * @param retentionMs how long the state keeps a window after its end, milliseconds
 * @param maxGapOffsets how many offsets may be missing; a negative value allows any number
 * @param topic topic of the rows; empty for the topic of the record
 */
public record UpdateSpec(
    Path directory, String id, long retentionMs, long maxGapOffsets, Optional<String> topic) {}
