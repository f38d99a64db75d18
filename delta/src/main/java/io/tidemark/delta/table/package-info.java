/**
 * Delta tables: open, create, evolve, append under a transaction id, table checkpoints, checksums.
 * The only package that knows Delta Kernel; its internal classes are touched by {@code
 * KernelSnapshots}, {@code TableVersion} and {@code CommitInfoCommitter} alone.
 */
package io.tidemark.delta.table;
