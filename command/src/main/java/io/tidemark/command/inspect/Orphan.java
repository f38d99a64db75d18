package io.tidemark.command.inspect;

/**
 * A file that no version and no segment will ever name.
 *
 * @param file its path, with its table or in the location
 * @param why who left it
 */
public record Orphan(String file, long bytes, String why) {}
