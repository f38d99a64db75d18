package io.tidemark.delta.read;

import java.util.List;

/**
 * Some of the wanted files of a version, in their order.
 *
 * @param files the first wanted files
 * @param leftFiles how many wanted files are left, including {@code files}
 * @param leftBytes size of all these files
 */
public record FilePage(List<TableFile> files, long leftFiles, long leftBytes) {}
