package io.tidemark.delta.table;

import java.util.Optional;

/**
 * What a look through the commits of a table's log has found, from the newest one backwards.
 *
 * @param found the newest batch of the query
 * @param complete false when the log did not go back as far as was asked for
 */
record BatchSearch(Optional<CommittedBatch> found, boolean complete) {}
