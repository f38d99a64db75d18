package io.tidemark.delta.read;

/**
 * What a commit does to the rows of one file.
 *
 * @param version of the commit
 * @param index number of the change within the commit, from 0; the same whenever the commit is read
 *     in the same way
 * @param path of the data or change file, as the log has it
 * @param bytes size of the file
 * @param ofVersionBefore whether its rows were written for the columns of the version before: rows
 *     that the commit removes, which may bring other columns itself
 * @param action what the reader needs to read it
 */
public record FileChange(
    long version, int index, String path, long bytes, boolean ofVersionBefore, Object action) {}
