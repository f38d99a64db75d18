/**
 * The border to Delta Kernel: everything that calls or iterates Kernel does so inside it, and what
 * comes out is either failing I/O or an error with a code and a remedy. No other package imports
 * Kernel's internals.
 */
package io.tidemark.delta.kernel;
