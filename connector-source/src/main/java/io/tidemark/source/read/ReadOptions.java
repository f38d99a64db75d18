package io.tidemark.source.read;

/**
 * What a source reads of a table.
 *
 * @param changeFeed inserts, deletes and updates instead of appended rows
 * @param ignoreDeletes leaves out versions that only remove rows
 * @param skipChangeCommits leaves out versions that change or remove rows
 * @param failOnDataLoss fails when something cannot be read any more, instead of continuing
 * @param pageFiles how many files of a snapshot are held at once, at least 1
 */
public record ReadOptions(
    boolean changeFeed,
    boolean ignoreDeletes,
    boolean skipChangeCommits,
    boolean failOnDataLoss,
    int pageFiles) {}
