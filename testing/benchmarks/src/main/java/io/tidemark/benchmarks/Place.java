package io.tidemark.benchmarks;

import java.nio.file.Path;

/**
 * Where one run of a contestant writes.
 *
 * @param name of the run, of its connector, and of what it makes
 * @param location its directory as the contestant names it
 * @param files the same directory on this machine
 * @param output a topic for what goes to Kafka
 */
record Place(String name, String location, Path files, String output) {}
