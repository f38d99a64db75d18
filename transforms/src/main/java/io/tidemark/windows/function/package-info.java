/** Aggregate functions: what is kept of the records of a group, mergeable in any order. */
package io.tidemark.windows.function;
