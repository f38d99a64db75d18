package io.tidemark.checkpoint.log;

import java.util.OptionalLong;

/**
 * A reset of the end offset of a topic-partition by an earlier batch.
 *
 * @param batch number of that batch
 * @param cause why, in one phrase for people
 * @param to the end offset after it; empty when the partition was forgotten
 */
public record PastReset(long batch, String cause, OptionalLong to) {}
