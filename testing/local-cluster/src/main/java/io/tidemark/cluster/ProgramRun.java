package io.tidemark.cluster;

/**
 * What a {@link ProgramLoop} is asked to do.
 *
 * @param bootstrapServers of the broker
 * @param topic to read from its first record on
 * @param partitions of the topic
 * @param records in the topic
 * @param directory for files of this run; exists
 * @param output a topic for results
 * @param setting that tells variants of a program apart
 */
public record ProgramRun(
    String bootstrapServers,
    String topic,
    int partitions,
    long records,
    String directory,
    String output,
    String setting) {}
