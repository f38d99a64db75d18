/**
 * The shards of a table in order: files of a snapshot, then versions; what to do when some are
 * lost.
 */
package io.tidemark.source.read;
