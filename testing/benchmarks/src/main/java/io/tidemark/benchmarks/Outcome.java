package io.tidemark.benchmarks;

/**
 * One run of a contestant, finished.
 *
 * @param usage of its process
 * @param detail what else is worth a word, such as how many rows it wrote; may be empty
 * @param place where the result is
 */
record Outcome(Usage usage, String detail, Place place) {}
