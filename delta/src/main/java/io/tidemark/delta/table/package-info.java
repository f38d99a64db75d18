/**
 * Delta tables: open, create, evolve, append under a transaction id, table checkpoints, checksums.
 * The only package that knows Delta Kernel.
 */
package io.tidemark.delta.table;
