/** Sorted runs into the rows of closed windows: watermark, merging, compaction. */
package io.tidemark.windows.close;
