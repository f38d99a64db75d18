/**
 * The checkpoint location: the only thing that the tasks and drivers of a query share. {@code
 * storage} keeps files, {@code log} gives them meaning.
 */
package io.tidemark.checkpoint;
