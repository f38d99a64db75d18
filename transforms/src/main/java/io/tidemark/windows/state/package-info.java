/** Stores of aggregates that are read and changed record by record, one per topic-partition. */
package io.tidemark.windows.state;
