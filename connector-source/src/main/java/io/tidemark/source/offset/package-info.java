/**
 * How far a shard of a table has been read: positions, what proves them, and their form in Kafka.
 */
package io.tidemark.source.offset;
