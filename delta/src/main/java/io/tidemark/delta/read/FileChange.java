package io.tidemark.delta.read;

/**
 * What a commit does to the rows of one file.
 *
 * @param version version of the commit
 * @param index number of the change within the commit, from 0; the same each time the commit is
 *     read in the same way
 * @param path path of the data or change file, as in the log
 * @param bytes size of the file
 * @param ofVersionBefore whether its rows have the columns of the previous version. This is so for
 *     rows that the commit removes, and the commit itself may change the columns
 * @param action how to read the rows
 */
public record FileChange(
    long version, int index, String path, long bytes, boolean ofVersionBefore, Object action) {}
