/**
 * Data files and offsets into a sealed segment: where a task stands, when it cuts, how it seals.
 */
package io.tidemark.sink.segment;
