package io.tidemark.command.inspect;

import java.util.OptionalLong;

/**
 * A table that batches went to.
 *
 * @param id as the plans name it
 * @param version newest version; empty when there is no such table
 * @param batch newest batch of the query that the table has, its {@code txn}; empty for none
 * @param remark what is wrong with it; empty when nothing is
 */
public record TableView(
    String location, String id, OptionalLong version, OptionalLong batch, String remark) {}
