/**
 * What a source task does when it is polled: batches, transactions, and what has been committed.
 */
package io.tidemark.source.task;
