/** Sorted runs of partial aggregates: immutable files that are written once, read and merged. */
package io.tidemark.windows.run;
