/** Segments into a batch: which ones continue the frontier, and the plan that follows. Pure. */
package io.tidemark.sink.batch;
