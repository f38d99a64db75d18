package io.tidemark.benchmarks;

/**
 * A bar of a chart.
 *
 * @param label at its left
 * @param spread the length is the median, the line on it reaches from low to high
 * @param ours whether it has our colour
 */
record Bar(String label, Spread spread, boolean ours) {}
