/** What can go wrong in a source, in the words that its user reads. */
package io.tidemark.source.error;
