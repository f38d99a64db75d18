package io.tidemark.checkpoint.log;

import java.util.OptionalLong;

/**
 * What an earlier batch did to the end of a topic-partition beside its segments.
 *
 * @param batch number of that batch
 * @param cause for people, one phrase
 * @param to the end after it; empty when it was forgotten
 */
public record PastMove(long batch, String cause, OptionalLong to) {}
