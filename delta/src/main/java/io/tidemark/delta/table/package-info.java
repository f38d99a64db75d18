/**
 * Delta tables: open, create, evolve, append under a transaction id, table checkpoints, checksums.
 * Calls Delta Kernel through {@code io.tidemark.delta.kernel}.
 */
package io.tidemark.delta.table;
