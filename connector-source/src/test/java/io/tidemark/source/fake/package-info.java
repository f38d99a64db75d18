/** Tables in memory, and a Connect that sends to a list. */
package io.tidemark.source.fake;
