/** A sink that does nothing: what Connect, its consumer and a converter cost by themselves. */
package io.tidemark.benchmarks.nothing;
