/**
 * A real Kafka broker and real Connect workers on this machine, each in a JVM of its own, so that a
 * test or the quickstart can kill, suspend and restart them as production would.
 */
package io.tidemark.cluster;
