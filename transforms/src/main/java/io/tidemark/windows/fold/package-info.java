/** Records into partial aggregates, in heap, and from there into a sorted run. */
package io.tidemark.windows.fold;
