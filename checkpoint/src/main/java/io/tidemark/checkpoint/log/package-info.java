/**
 * The logs of the checkpoint location: query metadata, offset log, commit log (all three in Spark's
 * own text formats), batch log and segment log. Each class draws the file it owns.
 */
package io.tidemark.checkpoint.log;
