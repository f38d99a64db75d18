/** Windowed aggregates in front of any sink: for each record the new row of its group. */
package io.tidemark.windows.update;
