package io.tidemark.source.task;

/**
 * The limits of one poll and one transaction.
 *
 * @param records in a poll, at least 1
 * @param files that a poll reads, at least 1
 * @param bytes of the files that a poll reads; 0 for any
 * @param ms after which a poll returns what it has
 * @param transactionRecords after which a transaction is cut, at least 1
 * @param transactionMs after which a transaction is cut
 */
public record BatchLimits(
    int records, int files, long bytes, long ms, long transactionRecords, long transactionMs) {}
