/**
 * Where the logs of topics begin and end: what a task asks Kafka beside reading, where it starts,
 * what was lost before it was read, and topics that became others.
 */
package io.tidemark.sink.kafka;
