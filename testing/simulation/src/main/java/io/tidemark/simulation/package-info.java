/**
 * The shipped task, driver and log code in a world of one thread, one clock and one seed: Kafka,
 * Connect's workers, the storage and the tables are simulated, and everything that can go wrong
 * does.
 */
package io.tidemark.simulation;
