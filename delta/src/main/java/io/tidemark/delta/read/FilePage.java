package io.tidemark.delta.read;

import java.util.List;

/**
 * Some files of a version, in their order.
 *
 * @param files the first ones that are wanted
 * @param leftFiles how many are wanted, these included
 * @param leftBytes size of those
 */
public record FilePage(List<TableFile> files, long leftFiles, long leftBytes) {}
