/** Whether the offset ranges that tables name for successive batches join. */
package io.tidemark.sink.audit;
