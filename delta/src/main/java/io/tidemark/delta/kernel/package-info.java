/**
 * The border to Delta Kernel: all calls of Kernel and all of its iterators run inside it. A failure
 * leaves it either as failing I/O or as an error with a code and a remedy. No other package imports
 * Kernel's internals.
 */
package io.tidemark.delta.kernel;
