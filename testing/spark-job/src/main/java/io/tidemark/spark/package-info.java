/**
 * A Structured Streaming query from Kafka to Delta that tests start, stop and kill: the other side
 * of a hand-over.
 */
package io.tidemark.spark;
