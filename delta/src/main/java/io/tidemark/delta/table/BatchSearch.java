package io.tidemark.delta.table;

import java.util.Optional;

/**
 * The result of a search through the commits of a table's log, from the newest one backwards.
 *
 * @param found the newest batch of the query
 * @param complete false when the log did not reach back to the requested time
 */
record BatchSearch(Optional<CommittedBatch> found, boolean complete) {}
