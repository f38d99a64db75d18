package io.tidemark.windows.run;

/**
 * The file of a finished run.
 *
 * @param file name in its store, with extension
 * @param bytes size of the file
 * @param crc CRC-32C of the whole file
 * @param entries number of entries, at least 1
 */
public record RunFile(String file, long bytes, int crc, long entries) {}
