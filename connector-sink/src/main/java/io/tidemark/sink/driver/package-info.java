/** The driver: a state machine that composes and commits batches, and the thread that steps it. */
package io.tidemark.sink.driver;
